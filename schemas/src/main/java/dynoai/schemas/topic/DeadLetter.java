package dynoai.schemas.topic;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.wire.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record whose schema is unknown, with where it was. Several readers of a record make the same dead letter, which compaction
 * keeps once.
 *
 * @param timestamp of the record on its topic
 * @param recordKey null for a record without a key
 * @param reason a sentence
 */
@SuppressWarnings("ArrayRecordComponent") // dead letters are not compared
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        long timestamp,
        @Nullable String recordKey,
        byte[] value,
        String fingerprint,
        String reason) {
    private static final String TOPIC = "dynoai.topic";
    private static final String PARTITION = "dynoai.partition";
    private static final String OFFSET = "dynoai.offset";
    private static final String TIMESTAMP = "dynoai.timestamp";
    private static final String KEY = "dynoai.key";
    private static final String FINGERPRINT = "dynoai.fingerprint";
    private static final String REASON = "dynoai.reason";

    public static DeadLetter of(ConsumerRecord<String, byte[]> record, UnknownSchemaException cause) {
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                UnknownSchemaException.text(cause.fingerprint()),
                String.valueOf(cause.getMessage()));
    }

    /** Reads a record of the topic of dead letters; empty if it is not one, or was replayed. */
    public static Optional<DeadLetter> read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            DeadLetter letter = new DeadLetter(
                    text(record.headers(), TOPIC),
                    Integer.parseInt(text(record.headers(), PARTITION)),
                    Long.parseLong(text(record.headers(), OFFSET)),
                    Long.parseLong(text(record.headers(), TIMESTAMP)),
                    record.headers().lastHeader(KEY) == null ? null : text(record.headers(), KEY),
                    record.value(),
                    text(record.headers(), FINGERPRINT),
                    text(record.headers(), REASON));
            return letter.key().equals(record.key()) ? Optional.of(letter) : Optional.empty();
        } catch (IllegalArgumentException ignored) {
            // Another program wrote it.
            return Optional.empty();
        }
    }

    /** The key on the topic of dead letters. */
    public String key() {
        return topic + '/' + partition + '/' + offset;
    }

    /** Where the record was, for people. */
    public String origin() {
        return topic + " partition " + partition + " offset " + offset;
    }

    public Headers headers() {
        Headers none = new ProducerRecord<String, byte[]>(topic, null).headers();
        Headers headers = none.add(TOPIC, bytes(topic))
                .add(PARTITION, bytes(Integer.toString(partition)))
                .add(OFFSET, bytes(Long.toString(offset)))
                .add(TIMESTAMP, bytes(Long.toString(timestamp)))
                .add(FINGERPRINT, bytes(fingerprint))
                .add(REASON, bytes(reason));
        return recordKey == null ? headers : headers.add(KEY, bytes(recordKey));
    }

    /** Returns the record for the topic of dead letters. */
    public ProducerRecord<String, byte[]> letter(Namespace namespace) {
        return new ProducerRecord<>(Topics.deadLetters(namespace), 0, key(), value, headers());
    }

    /** Returns the record for the topic and partition where it was. */
    public ProducerRecord<String, byte[]> replay() {
        return new ProducerRecord<>(topic, partition, recordKey, value);
    }

    /** Returns the record that removes this dead letter. */
    public ProducerRecord<String, byte[]> removal(Namespace namespace) {
        return new ProducerRecord<>(Topics.deadLetters(namespace), 0, key(), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("no header " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
