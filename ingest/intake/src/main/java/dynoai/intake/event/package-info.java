/** What an intake reports: {@link dynoai.intake.event.IntakeEvents}, and its listeners for metrics and audit lines. */
@NullMarked
package dynoai.intake.event;

import org.jspecify.annotations.NullMarked;
