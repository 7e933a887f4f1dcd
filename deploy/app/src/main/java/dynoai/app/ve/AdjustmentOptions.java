package dynoai.app.ve;

import dynoai.exporter.ve.ApplyRequest;
import dynoai.schemas.grid.Cylinder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How far factors may go, and whose. */
final class AdjustmentOptions {
    @Option(
            names = "--max-adjust-pct",
            paramLabel = "PERCENT",
            description =
                    "Clamp of the factors, either way; 7.0 when not given, above 10 only with --allow-large-adjustment.")
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
            description = "With --run: the delta of one cylinder, in place of the mean of both.")
    private @Nullable Cylinder cylinder;

    @Nullable
    Cylinder cylinder() {
        return cylinder;
    }

    ApplyRequest in(ApplyRequest request) {
        return request.withMaxAdjustPct(maxAdjustPct, allowLargeAdjustment).withAcceptInvertedSign(acceptInvertedSign);
    }
}
