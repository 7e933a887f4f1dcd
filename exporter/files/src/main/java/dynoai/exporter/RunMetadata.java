package dynoai.exporter;

import java.time.Instant;
import java.time.InstantSource;

/**
 * What makes two runs of the same log and options different: only the manifest tells of it.
 *
 * @param inputPath where the log was
 * @param started when the run began; it is also the manifest's time
 * @param clock tells when the run ended
 */
public record RunMetadata(String runId, String inputPath, Instant started, InstantSource clock) {}
