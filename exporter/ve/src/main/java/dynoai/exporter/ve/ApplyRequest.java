package dynoai.exporter.ve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to apply to what. Make one with {@link #of} and change what differs from the defaults.
 *
 * @param metadata where the metadata goes; null for {@code ve_new_meta.json} beside {@code ve_new.csv}
 * @param maxAdjustPct clamp of the factors, in percent, either way
 * @param allowLargeAdjustment whether that may be above 10
 * @param acceptInvertedSign whether factors of the replay version are accepted
 * @param mask a table of 0 and 1: cells with 0 are left alone; null for none
 * @param minHits cells with fewer samples are left alone; needs a run, 0 for all cells
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

    /** Above this a person has to say that they mean it. */
    public static final double LARGE_ADJUST_PCT = 10.0;

    public static ApplyRequest of(Path base, FactorChoice factor, Path output) {
        return new ApplyRequest(base, factor, output, null, DEFAULT_MAX_ADJUST_PCT, false, false, null, 0);
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

    void check() throws VeException {
        if (!(maxAdjustPct > 0 && Double.isFinite(maxAdjustPct))) {
            throw VeException.arguments("max_adjust_pct must be a number above 0, not " + maxAdjustPct);
        }
        if (maxAdjustPct > LARGE_ADJUST_PCT && !allowLargeAdjustment) {
            throw VeException.arguments("max_adjust_pct " + maxAdjustPct + " is above 10; say --allow-large-adjustment"
                    + " if you mean it");
        }
        if (minHits < 0) {
            throw VeException.arguments("min_hits must be 0 or more, not " + minHits);
        }
        if (minHits > 0 && !(factor instanceof FactorChoice.OfRun)) {
            throw VeException.arguments("min_hits needs a run folder, whose coverage says how many samples a cell has");
        }
    }
}
