package dynoai.exporter.ve;

import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A request to apply factors to a table. {@link #of} has the defaults.
 *
 * @param metadata file for the metadata; null for {@code ve_new_meta.json} next to {@code ve_new.csv}
 * @param maxAdjustPct clamp of the factors in percent
 * @param allowLargeAdjustment whether the clamp may be above 10
 * @param acceptInvertedSign whether factors of the replay version are accepted
 * @param mask a table of 0 and 1: cells with 0 stay unchanged; null for none
 * @param minHits cells with fewer samples stay unchanged; needs a run, for which 10 is the default; 0 for no minimum
 */
public record ApplyRequest(
        Path base,
        FactorChoice factor,
        Path output,
        @Nullable Path metadata,
        double maxAdjustPct,
        boolean allowLargeAdjustment,
        boolean acceptInvertedSign,
        @Nullable Path mask,
        long minHits) {
    public static final double DEFAULT_MAX_ADJUST_PCT = 7.0;

    /** A larger clamp must be allowed explicitly. */
    public static final double LARGE_ADJUST_PCT = 10.0;

    public static ApplyRequest of(Path base, FactorChoice factor, Path output) {
        long minHits = factor instanceof FactorChoice.OfRun ? Diagnostics.ENOUGH_SAMPLES : 0;
        return new ApplyRequest(base, factor, output, null, DEFAULT_MAX_ADJUST_PCT, false, false, null, minHits);
    }

    public ApplyRequest withMetadata(@Nullable Path file) {
        return new ApplyRequest(
                base, factor, output, file, maxAdjustPct, allowLargeAdjustment, acceptInvertedSign, mask, minHits);
    }

    public ApplyRequest withMaxAdjustPct(double percent, boolean allowLarge) {
        return new ApplyRequest(base, factor, output, metadata, percent, allowLarge, acceptInvertedSign, mask, minHits);
    }

    public ApplyRequest withAcceptInvertedSign(boolean accepted) {
        return new ApplyRequest(
                base, factor, output, metadata, maxAdjustPct, allowLargeAdjustment, accepted, mask, minHits);
    }

    public ApplyRequest withMask(@Nullable Path file) {
        return new ApplyRequest(
                base, factor, output, metadata, maxAdjustPct, allowLargeAdjustment, acceptInvertedSign, file, minHits);
    }

    public ApplyRequest withMinHits(long hits) {
        return new ApplyRequest(
                base, factor, output, metadata, maxAdjustPct, allowLargeAdjustment, acceptInvertedSign, mask, hits);
    }

    /** Returns the file of the factors; null if they are from a run. */
    @Nullable
    Path factorFile() {
        return factor instanceof FactorChoice.OfFile choice ? choice.file() : null;
    }

    void check() throws VeException {
        if (!(maxAdjustPct > 0 && Double.isFinite(maxAdjustPct))) {
            throw VeException.arguments("max_adjust_pct must be a number above 0, not " + maxAdjustPct);
        }
        if (maxAdjustPct > LARGE_ADJUST_PCT && !allowLargeAdjustment) {
            throw VeException.arguments(
                    "max_adjust_pct " + maxAdjustPct + " is above 10; confirm it with" + " --allow-large-adjustment");
        }
        if (minHits < 0) {
            throw VeException.arguments("min_hits must be 0 or more, not " + minHits);
        }
        if (minHits > 0 && !(factor instanceof FactorChoice.OfRun)) {
            throw VeException.arguments(
                    "min_hits needs a run folder, whose coverage has the number of samples per cell");
        }
    }
}
