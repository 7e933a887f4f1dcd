/**
 * HTTP for the intake: {@link dynoai.intake.http.HttpServer} around Jetty, {@link dynoai.intake.http.Router} with its {@link
 * dynoai.intake.http.Route}s, and the limits that clients must keep.
 */
@NullMarked
package dynoai.intake.http;

import org.jspecify.annotations.NullMarked;
