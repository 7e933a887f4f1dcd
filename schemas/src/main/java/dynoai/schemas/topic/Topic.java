package dynoai.schemas.topic;

import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.WireFormat;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A topic of ours. Keys are text; values are of one format.
 *
 * @param key what the key is made of, for a person
 * @param compacted whether only the latest record of a key is kept
 * @param retention how long records are kept; zero means forever
 * @param single whether one partition is all it ever has
 * @param longestMessage most bytes of one record batch
 * @param embeddedBytes most bytes a partition keeps on the embedded broker; 0 where compaction bounds it
 */
public record Topic<T>(
        String name,
        String key,
        WireFormat<T> format,
        boolean compacted,
        Duration retention,
        boolean single,
        int longestMessage,
        long embeddedBytes) {

    /** Keys are read and written with this everywhere. */
    public static Serde<String> keySerde() {
        return Serdes.String();
    }

    public Serializer<T> serializer() {
        return (topic, message) -> message == null ? null : format.encode(message);
    }

    /** Reads the values; schemas of other versions come from there. */
    public RecordDecoder<T> decoder(WriterSchemas schemas) {
        return new RecordDecoder<>(format, schemas);
    }

    /**
     * Values as bytes: a value that cannot be decoded must reach our code and not stop a client library.
     */
    public Deserializer<byte[]> rawDeserializer() {
        return Serdes.ByteArray().deserializer();
    }

    @Override
    public String toString() {
        return name;
    }
}
