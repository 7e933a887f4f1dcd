/**
 * Removes old runs and logs. Start with {@link dynoai.engine.retention.Retention}; {@link
 * dynoai.engine.retention.PolicyReader} reads what is kept how long.
 */
@NullMarked
package dynoai.engine.retention;

import org.jspecify.annotations.NullMarked;
