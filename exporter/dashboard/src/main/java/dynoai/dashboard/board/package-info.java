/**
 * The runs that the dashboard shows. Start with {@link dynoai.dashboard.board.RunBoard}, a table of {@link
 * dynoai.dashboard.board.RunLine}: sources of runs put lines, the API queries them. No files, no Kafka, no HTTP.
 */
package dynoai.dashboard.board;
