package dynoai.app.ve;

import dynoai.exporter.ve.ApplyRequest;
import dynoai.schemas.grid.Cylinder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The clamp of the factors, and the cylinder they are for. */
final class AdjustmentOptions {
    @Option(
            names = "--max-adjust-pct",
            paramLabel = "PERCENT",
            description =
                    "Clamp of the factors in both directions. Default: 7.0. Above 10 only with --allow-large-adjustment.")
    private double maxAdjustPct = ApplyRequest.DEFAULT_MAX_ADJUST_PCT;

    @Option(names = "--allow-large-adjustment", description = "Allow a clamp above 10 percent.")
    private boolean allowLargeAdjustment;

    @Option(
            names = "--accept-inverted-sign",
            description = "Accept factors of math version toolkit-1.2, whose sign is inverted for fuelling.")
    private boolean acceptInvertedSign;

    @Option(
            names = "--cylinder",
            paramLabel = "front|rear",
            description = "With --run: use the delta of one cylinder, not the mean of both.")
    private @Nullable Cylinder cylinder;

    @Option(
            names = "--min-hits",
            paramLabel = "N",
            description = "With --run: cells with fewer samples stay unchanged. Default: 10; 0 for no minimum.")
    private @Nullable Long minHits;

    @Nullable
    Cylinder cylinder() {
        return cylinder;
    }

    ApplyRequest in(ApplyRequest request) {
        ApplyRequest adjusted =
                request.withMaxAdjustPct(maxAdjustPct, allowLargeAdjustment).withAcceptInvertedSign(acceptInvertedSign);
        return minHits == null ? adjusted : adjusted.withMinHits(minHits);
    }
}
