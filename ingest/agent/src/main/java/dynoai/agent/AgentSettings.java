package dynoai.agent;

import dynoai.agent.http.IntakeAddress;
import dynoai.ingest.folder.FolderSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of an agent.
 *
 * @param name of this agent at the intake, valid as a run id
 * @param tokenFile has the token, and may be replaced while the agent runs
 * @param authorities PEM file of the certificate authorities of the intake; empty for those of the Java runtime
 * @param folder its store is a folder of the agent alone
 * @param data folder of the status
 * @param results where the folders of runs appear
 * @param bytesPerSecond limit of what is sent; 0 for none
 */
public record AgentSettings(
        IntakeAddress intake,
        String name,
        Path tokenFile,
        Optional<Path> authorities,
        FolderSettings folder,
        Path data,
        Path results,
        long bytesPerSecond,
        Timing timing) {

    /**
     * How often an agent does things.
     *
     * @param contact pause between two reports to the intake
     * @param minRetry delay after a failure; it doubles
     * @param maxRetry longest delay
     */
    public record Timing(Duration contact, Duration minRetry, Duration maxRetry) {
        public static final Timing DEFAULT =
                new Timing(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
