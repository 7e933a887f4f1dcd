/**
 * Reads dyno logs: text in, blocks of rows out. Pure: no Kafka, no logging, no clock.
 *
 * <p>Start with {@link dynoai.ingest.log.LogReader}. {@code dynoai.ingest.log.text} finds the header line, {@code
 * dynoai.ingest.log.column} chooses the columns, {@code LogSurvey} makes the decisions that depend on values, {@code RowParser} turns
 * bytes into numbers, {@code CarriedValues} fills the rows of sparse logs, {@code RowResolver} applies units and lambdas, {@code
 * OrderedRead} does it on several threads and keeps the order. A log that cannot be analysed fails with {@link
 * dynoai.schemas.log.LogRejectedException}.
 */
package dynoai.ingest.log;
