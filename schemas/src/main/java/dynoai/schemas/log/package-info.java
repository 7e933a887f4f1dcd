/**
 * A log as columns of channels. Start with {@link dynoai.schemas.log.Channel}, then {@link dynoai.schemas.log.RowBlock}; {@link
 * dynoai.schemas.log.Rejection} describes a log that cannot be analysed.
 */
package dynoai.schemas.log;
