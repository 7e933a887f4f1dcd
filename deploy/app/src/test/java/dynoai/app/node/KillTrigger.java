package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.app.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** The instant of a kill: when one track of the work on disk has grown by so much. A seed chooses it, and no clock does. */
final class KillTrigger {
    private static final Duration MAX_WAIT = Duration.ofSeconds(120);

    /** What grows while the pipeline works, and by how much between two kills. */
    private enum Track {
        BROKERS_OWN_LOG("__cluster_metadata-0", 3_000),
        OFFSETS("__consumer_offsets-", 3_000),
        TRANSACTIONS("__transaction_state-", 2_000),
        LEDGER("dynoai.ingest-ledger.v1-", 1_500),
        RUN_LOG("dynoai.run-log.v1-", 200_000),
        STORES("dynoai-analyzer-run-", 30_000),
        RUN_GRIDS("dynoai.run-grids.v1-", 6_000),
        RUN_RESULTS("dynoai.run-results.v1-", 800),
        CLAIMS("", 2),
        FILES_OF_A_RUN("", 16),
        RUN_FOLDERS("", 2);

        private final String partitions;
        private final int most;

        Track(String partitions, int most) {
            this.partitions = partitions;
            this.most = most;
        }
    }

    private final NodeFixture home;
    private final Path kafka;
    private final Track track;
    private final long goal;
    private final long before;
    private final int foldersBefore;
    private Optional<Duration> firstRun = Optional.empty();
    private boolean reached;

    private KillTrigger(NodeFixture home, Path kafka, Track track, long goal) throws IOException {
        this.home = home;
        this.kafka = kafka;
        this.track = track;
        this.goal = goal;
        this.before = track == Track.FILES_OF_A_RUN ? 0 : size();
        this.foldersBefore = home.runFolders();
    }

    /** @param data of the broker */
    static KillTrigger next(Random random, NodeFixture home, Path data) throws IOException {
        Track track = Track.values()[random.nextInt(Track.values().length)];
        return new KillTrigger(home, data.resolve("kafka"), track, 1 + random.nextInt(track.most));
    }

    /** Returns when it has come, or when there is nothing left to do. */
    void awaitIn(CommandProcess node) {
        await().atMost(MAX_WAIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> isReached(node));
    }

    private boolean isReached(CommandProcess node) throws IOException {
        if (firstRun.isEmpty() && home.runFolders() > foldersBefore) {
            firstRun = Optional.of(node.age());
        }
        reached = size() - before >= goal;
        return reached || home.isSettled();
    }

    /** How long after the start of the process the first run folder appeared; empty when none did. */
    Optional<Duration> firstRun() {
        return firstRun;
    }

    private long size() throws IOException {
        return switch (track) {
            case CLAIMS -> home.claimed();
            case FILES_OF_A_RUN -> home.filesBeingWritten();
            case RUN_FOLDERS -> home.runFolders();
            default -> bytesOfPartitions();
        };
    }

    private long bytesOfPartitions() throws IOException {
        if (!Files.isDirectory(kafka)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> partitions = Files.list(kafka)) {
            for (Path partition : (Iterable<Path>) partitions::iterator) {
                if (partition.getFileName().toString().startsWith(track.partitions)) {
                    bytes += bytesOfSegments(partition);
                }
            }
        }
        return bytes;
    }

    private static long bytesOfSegments(Path partition) {
        long bytes = 0;
        String[] files = partition.toFile().list((folder, name) -> name.endsWith(".log"));
        for (String file : files == null ? new String[0] : files) {
            bytes += partition.resolve(file).toFile().length();
        }
        return bytes;
    }

    @Override
    public String toString() {
        String what = track.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return reached ? what + " +" + goal : what + " +" + goal + " never came, all done";
    }
}
