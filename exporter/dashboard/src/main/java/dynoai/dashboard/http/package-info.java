/**
 * The JDK's HTTP server with limits. {@link dynoai.dashboard.http.WebServer} accepts requests, checks access and sends the
 * response of a {@link dynoai.dashboard.http.Handler}; {@link dynoai.dashboard.http.EventStream} pushes events.
 */
package dynoai.dashboard.http;
