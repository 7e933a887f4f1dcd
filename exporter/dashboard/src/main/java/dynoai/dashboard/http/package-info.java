/**
 * The JDK's HTTP server with limits. {@link dynoai.dashboard.http.WebServer} takes requests, checks who may ask and answers
 * with what a {@link dynoai.dashboard.http.Handler} gives; {@link dynoai.dashboard.http.EventStream} pushes events.
 */
package dynoai.dashboard.http;
