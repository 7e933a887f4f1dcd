package dynoai.app.deadletter;

import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.AtomicFile.Durability;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.stage.RetryLoop;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the dead letters for readiness, metrics and {@code dynoai status}. A dead letter does not make the node unready, since
 * the pipeline continues; otherwise one record could take every node out of service.
 */
public final class DeadLetterMonitor implements Stage {
    /** More than this many are not counted. */
    static final int MAX_COUNTED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterMonitor.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RECONNECT_DELAY = Duration.ofSeconds(2);
    private static final int MAX_LOGGED = 100;
    private static final String FILE = "dead-letters.json";

    private final KafkaClients clients;
    private final TopicPartition partition;
    private final Path data;
    private final RetryLoop loop;
    private final Map<String, String> origins = new LinkedHashMap<>();
    private volatile Summary summary = Summary.NONE;
    private boolean written;
    private int logged;

    /** @param first where the oldest one was; empty without any */
    public record Summary(int count, String first) {
        public static final Summary NONE = new Summary(0, "");

        /** Returns a sentence, empty without dead letters. */
        public String text() {
            if (count == 0) {
                return "";
            }
            String number = count >= MAX_COUNTED ? MAX_COUNTED + " or more" : Integer.toString(count);
            return number + (count == 1 ? " dead letter" : " dead letters") + ", the first from " + first
                    + "; see dynoai topics replay-dead";
        }
    }

    private DeadLetterMonitor(KafkaClients clients, Path data) {
        this.clients = clients;
        this.partition = new TopicPartition(Topics.deadLetters(clients.namespace()), 0);
        this.data = data;
        // The stages themselves report that Kafka is unavailable.
        this.loop = RetryLoop.of(
                "dynoai-dead-letters", RECONNECT_DELAY, RECONNECT_DELAY, this::follow, e -> e instanceof Exception);
    }

    public static DeadLetterMonitor start(KafkaClients clients, Path data) {
        DeadLetterMonitor monitor = new DeadLetterMonitor(clients, data);
        monitor.loop.start();
        return monitor;
    }

    /** Returns what the latest node of a data directory has counted. */
    public static Summary latest(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Summary.NONE;
        }
        JsonTree json = JsonTree.read(file);
        return new Summary(
                Math.toIntExact(json.at("count").whole()), json.at("first").text());
    }

    private void follow(RetryLoop running) {
        origins.clear();
        try (KafkaConsumer<String, byte[]> consumer = clients.reader()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (!running.isStopping()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    apply(record);
                }
                if (consumer.position(partition) >= end) {
                    publish();
                }
            }
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        Optional<DeadLetter> letter = DeadLetter.read(record);
        if (letter.isEmpty()) {
            origins.remove(record.key());
        } else if (origins.size() < MAX_COUNTED
                && origins.putIfAbsent(record.key(), letter.get().origin()) == null
                && ++logged <= MAX_LOGGED) {
            LOG.warn("dead letter: {}: {}", letter.get().origin(), letter.get().reason());
        }
    }

    private void publish() {
        Summary now = new Summary(
                origins.size(), origins.values().stream().findFirst().orElse(""));
        if (!written || !now.equals(summary)) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("count", (long) now.count());
            json.put("first", now.first());
            try {
                AtomicFile.write(data.resolve(FILE), Durability.NONE, out -> out.write(Json.write(json)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            written = true;
            summary = now;
        }
    }

    public Summary summary() {
        return summary;
    }

    @Override
    public String name() {
        return "dead letters";
    }

    @Override
    public String notReadyReason() {
        return "";
    }

    @Override
    public boolean isIdle() {
        return true;
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void close() {
        loop.stop(POLL.multipliedBy(2));
    }
}
