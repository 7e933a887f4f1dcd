/**
 * What is served. {@link dynoai.dashboard.api.Pages} maps addresses to the page's files and to
 * {@link dynoai.dashboard.api.Api}, whose answers {@code openapi.json} describes. Each path is a {@code Route}, which says what a caller
 * needs; it gets {@link dynoai.dashboard.board.VisibleRuns} and no other way to runs.
 */
package dynoai.dashboard.api;
