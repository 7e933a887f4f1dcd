/**
 * Which column of a log is which channel. {@link dynoai.ingest.log.column.ColumnChooser} is the only code that chooses, over
 * data: {@code LogFormats} has an entry per logger, {@code ChannelRules} the words and units of each channel, {@link
 * dynoai.ingest.log.column.LogUnit} the units. {@code ReplayColumns} is apart: it finds columns as the historical toolkit did.
 */
package dynoai.ingest.log.column;
