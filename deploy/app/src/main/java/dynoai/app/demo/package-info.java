/**
 * What {@code dynoai demo} shows: generated logs, and with {@code --fleet} an intake and the agents of shops. Start with
 * {@link dynoai.app.demo.FleetDemo}.
 */
@NullMarked
package dynoai.app.demo;

import org.jspecify.annotations.NullMarked;
