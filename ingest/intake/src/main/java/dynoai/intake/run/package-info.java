/** What a shop sees of its runs: {@link dynoai.intake.run.ShopRuns}, {@link dynoai.intake.run.RunWaits}. */
@NullMarked
package dynoai.intake.run;

import org.jspecify.annotations.NullMarked;
