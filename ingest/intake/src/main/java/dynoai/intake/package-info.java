/** The intake: {@link dynoai.intake.Intake} wires its parts. */
@NullMarked
package dynoai.intake;

import org.jspecify.annotations.NullMarked;
