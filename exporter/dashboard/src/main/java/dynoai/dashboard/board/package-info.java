/**
 * What the dashboard knows of runs. Start with {@link dynoai.dashboard.board.RunBoard}: everything that hears of a run puts a
 * {@link dynoai.dashboard.board.RunLine} there, everything that shows runs asks it. It knows no file, no Kafka and no HTTP.
 */
package dynoai.dashboard.board;
