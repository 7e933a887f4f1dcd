package dynoai.exporter;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The values in which two runs of the same log and options differ. Only the manifest has them.
 *
 * @param inputPath path of the log
 * @param started when the run began
 * @param clock gives the time at which the run ended
 */
public record RunMetadata(String runId, String inputPath, Instant started, InstantSource clock) {}
