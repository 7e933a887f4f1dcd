package dynoai.app.deadletter;

import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.KafkaUnavailableException;
import dynoai.schemas.topic.PublishedSchemas;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.UnknownSchemaException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters whose schema has been published back to where they were, each in a transaction with its removal.
 *
 * @param origin the topic whose records are replayed; null for all
 * @param limit how many dead letters are looked at
 * @param dryRun whether nothing is sent
 */
public record DeadLetterReplay(
        KafkaClients clients, @Nullable String origin, int limit, boolean dryRun) {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int TIMEOUT_MILLIS = 15_000;

    /** What was done with a dead letter. */
    public enum Outcome {
        REPLAYED,
        SCHEMA_STILL_UNKNOWN,
        /** A later record of its key is on its compacted topic; only the dead letter is removed. */
        SUPERSEDED,
        /** It names no partition of a topic that the stages read. */
        FOREIGN
    }

    /** Reports each dead letter in their order, and returns how many more than the limit there are. */
    public int run(BiConsumer<DeadLetter, Outcome> report) throws KafkaUnavailableException {
        try (KafkaConsumer<String, byte[]> reader = clients.reader();
                KafkaConsumer<String, byte[]> origins = clients.reader();
                PublishedSchemas schemas = new PublishedSchemas(clients, Duration.ZERO);
                KafkaProducer<String, byte[]> producer = producer()) {
            if (!dryRun) {
                producer.initTransactions();
            }
            Map<String, Long> latest = new HashMap<>();
            read(reader, record -> {
                latest.put(String.valueOf(record.key()), record.offset());
            });
            int[] seen = {0};
            read(reader, record -> {
                Optional<DeadLetter> letter = Optional.of(record)
                        .filter(one -> Long.valueOf(one.offset()).equals(latest.get(String.valueOf(one.key()))))
                        .flatMap(DeadLetter::read)
                        .filter(one -> origin == null || origin.equals(one.topic()));
                if (letter.isPresent() && seen[0]++ < limit) {
                    Outcome outcome = outcome(letter.get(), schemas, origins);
                    if (!dryRun) {
                        apply(letter.get(), outcome, producer);
                    }
                    report.accept(letter.get(), outcome);
                }
            });
            return Math.max(0, seen[0] - limit);
        } catch (KafkaException e) {
            throw new KafkaUnavailableException(
                    "Kafka at " + clients.bootstrap() + ": replaying dead letters failed: " + e.getMessage(), e);
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        return clients.producer(
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        TIMEOUT_MILLIS,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Topics.MAX_DEAD_LETTER_BYTES,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        2L * Topics.MAX_DEAD_LETTER_BYTES),
                Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        clients.namespace().id("replay-dead")));
    }

    private void read(KafkaConsumer<String, byte[]> reader, Consumer<ConsumerRecord<String, byte[]>> visitor) {
        TopicPartition letters = new TopicPartition(Topics.deadLetters(clients.namespace()), 0);
        reader.assign(List.of(letters));
        reader.seekToBeginning(List.of(letters));
        long end = reader.endOffsets(List.of(letters)).getOrDefault(letters, 0L);
        while (reader.position(letters) < end) {
            for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                if (record.offset() < end) {
                    visitor.accept(record);
                }
            }
        }
    }

    private Outcome outcome(DeadLetter letter, PublishedSchemas schemas, KafkaConsumer<String, byte[]> origins) {
        Optional<Topic<?>> topic = Topics.ALL.stream()
                .filter(one -> one.in(clients.namespace()).equals(letter.topic()))
                .findFirst();
        if (topic.isEmpty()
                || origins.partitionsFor(letter.topic()).stream()
                        .noneMatch(info -> info.partition() == letter.partition())) {
            return Outcome.FOREIGN;
        }
        try {
            schemas.json(Long.parseUnsignedLong(letter.fingerprint(), 16));
        } catch (UnknownSchemaException ignored) {
            return Outcome.SCHEMA_STILL_UNKNOWN;
        } catch (NumberFormatException ignored) {
            return Outcome.FOREIGN;
        }
        return topic.get().compacted() && hasLater(letter, origins) ? Outcome.SUPERSEDED : Outcome.REPLAYED;
    }

    /** Whether a later record of the key is on the topic: replaying an older one would undo it. */
    private static boolean hasLater(DeadLetter letter, KafkaConsumer<String, byte[]> origins) {
        TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
        origins.assign(List.of(partition));
        origins.seek(partition, letter.offset() + 1);
        long end = origins.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (origins.position(partition) < end) {
            for (ConsumerRecord<String, byte[]> record : origins.poll(POLL)) {
                if (record.key() != null && record.key().equals(letter.recordKey())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Send errors surface in commitTransaction(). */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void apply(DeadLetter letter, Outcome outcome, KafkaProducer<String, byte[]> producer) {
        if (outcome != Outcome.REPLAYED && outcome != Outcome.SUPERSEDED) {
            return;
        }
        producer.beginTransaction();
        if (outcome == Outcome.REPLAYED) {
            producer.send(letter.replay());
        }
        producer.send(letter.removal(clients.namespace()));
        producer.commitTransaction();
    }
}
