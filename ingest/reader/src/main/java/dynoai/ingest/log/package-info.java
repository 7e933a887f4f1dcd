/**
 * Reads dyno logs: text in, blocks of rows out. Pure: no Kafka, no logging, no clock.
 *
 * <p>Start with {@link dynoai.ingest.log.LogReader}. {@code LogHead} and {@code HeaderLine} read the header, {@code
 * ColumnChoice} finds the columns by {@code ColumnNames}, {@code LogSurvey} makes the decisions that depend on values, {@code
 * RowParser} turns bytes into numbers, {@code RowResolver} applies units and lambdas, {@code OrderedRead} does it on several
 * threads and keeps the order. A log that cannot be analysed fails with {@link dynoai.schemas.log.LogRejectedException}.
 */
package dynoai.ingest.log;
