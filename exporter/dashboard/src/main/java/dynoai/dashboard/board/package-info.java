/**
 * The runs that the dashboard shows. Start with {@link dynoai.dashboard.board.RunBoard}, a table of {@link
 * dynoai.dashboard.board.RunLine}: sources of runs put lines, {@link
 * dynoai.dashboard.board.VisibleRuns} shows a caller those that it may see. No Kafka, no HTTP.
 */
package dynoai.dashboard.board;
