package dynoai.exporter.ve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of one application, sufficient to verify every file of a rollback and to restore the base exactly.
 *
 * @param baseSha hash of the table the factors were applied to
 * @param outputSha hash of the resulting table; null in metadata of other programs
 * @param maxAdjustPct clamp of the factors in percent
 * @param mathVersion of the factors; null if unknown
 * @param factorFile path of the factor table, absolute or relative to the metadata's folder
 * @param minHits minimum samples of a changed cell; 0 for no minimum
 * @param leftAlone cells that a mask or too few samples exclude
 * @param residuals what a division misses per cell, in 0.0001; empty in metadata of other programs
 */
public record ApplyMetadata(
        String baseSha,
        String factorSha,
        @Nullable String outputSha,
        String appliedAtUtc,
        double maxAdjustPct,
        @Nullable String appVersion,
        @Nullable String mathVersion,
        @Nullable String baseFile,
        @Nullable String factorFile,
        @Nullable String outputFile,
        @Nullable String comment,
        @Nullable String runId,
        @Nullable String maskFile,
        @Nullable String maskSha,
        long minHits,
        List<Integer> leftAlone,
        List<Long> residuals) {}
