/** The client of an intake: {@link dynoai.agent.http.IntakeClient} has a method for each request. */
@NullMarked
package dynoai.agent.http;

import org.jspecify.annotations.NullMarked;
