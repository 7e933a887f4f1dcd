package dynoai.exporter.ve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one application did: enough to verify every file that takes part in going back, and to go back exactly.
 *
 * @param baseSha hash of the table the factors were applied to
 * @param outputSha hash of the table that came out; null in metadata of other programs
 * @param maxAdjustPct clamp of the factors, in percent, either way
 * @param mathVersion by which the factors were made, where known
 * @param factorFile path of the factor table, absolute or from the metadata's folder
 * @param residuals per cell what a division misses, in 0.0001; empty in metadata of other programs
 * @param leftAlone cells a mask or too few samples kept as they were
 * @param minHits least samples of a changed cell; 0 where not asked for
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
