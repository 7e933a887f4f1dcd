/**
 * The program at a shop's computer: {@link dynoai.agent.Agent} takes logs from a drop folder, sends them to an intake over HTTPS
 * and brings their run folders back. {@link dynoai.agent.IntakeTransport} is the transport of its drop folder, {@link
 * dynoai.agent.http.IntakeClient} speaks HTTP.
 */
@NullMarked
package dynoai.agent;

import org.jspecify.annotations.NullMarked;
