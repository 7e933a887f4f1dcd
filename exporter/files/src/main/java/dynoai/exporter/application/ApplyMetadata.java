package dynoai.exporter.application;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of one application, sufficient to verify every file of a rollback and to restore the base exactly.
 *
 * @param baseSha hash of the table the factors were applied to
 * @param outputSha hash of the resulting table; null in metadata of other programs
 * @param appliedAtUtc null in a run folder, whose manifest has the time
 * @param user who applied the factors; null if unknown and in a run folder
 * @param maxAdjustPct clamp of the factors in percent
 * @param mathVersion of the factors; null if unknown
 * @param folder the metadata's folder when it was written: a file below it moves with it; null if paths are relative to it
 * @param baseFile null in a run folder, where the base is known by its hash only
 * @param factorFile path of the factor table
 * @param roundedBaseCells cells of the base with more than four decimals; null if unknown
 * @param minHits minimum samples of a changed cell; 0 for no minimum
 * @param leftAlone cells that a mask or too few samples exclude
 * @param residuals what a division misses per cell, in 0.0001; empty in metadata of other programs
 */
public record ApplyMetadata(
        String baseSha,
        String factorSha,
        @Nullable String outputSha,
        @Nullable String appliedAtUtc,
        @Nullable String user,
        double maxAdjustPct,
        @Nullable String appVersion,
        @Nullable String mathVersion,
        @Nullable String folder,
        @Nullable String baseFile,
        @Nullable String factorFile,
        @Nullable String outputFile,
        @Nullable String comment,
        @Nullable String runId,
        @Nullable String maskFile,
        @Nullable String maskSha,
        long minHits,
        List<Integer> leftAlone,
        @Nullable Long roundedBaseCells,
        List<Long> residuals) {
    public static final String COMMENT =
            "Rollback divides by 1 + factor / 100, factors clamped as here, and adds the residuals (0.0001 per cell).";
}
