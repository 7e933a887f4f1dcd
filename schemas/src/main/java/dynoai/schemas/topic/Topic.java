package dynoai.schemas.topic;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.wire.RecordDecoder;
import dynoai.schemas.wire.WireFormat;
import dynoai.schemas.wire.WriterSchemas;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A topic of the pipeline. Keys are text; values are of one format.
 *
 * @param suffix its name within a namespace
 * @param key the parts of the key, for people
 * @param compacted whether only the latest record of a key is kept
 * @param retention how long records are kept; zero for no limit
 * @param single whether it has exactly one partition
 * @param maxMessageBytes maximum bytes of a record batch
 * @param embeddedBytes maximum bytes of a partition on the embedded broker; 0 if compaction bounds it
 */
public record Topic<T>(
        String suffix,
        String key,
        WireFormat<T> format,
        boolean compacted,
        Duration retention,
        boolean single,
        int maxMessageBytes,
        long embeddedBytes) {

    /** Returns its full name. */
    public String in(Namespace namespace) {
        return namespace.topic(suffix);
    }

    public static Serde<String> keySerde() {
        return Serdes.String();
    }

    public Serializer<T> serializer() {
        return (topic, message) -> message == null ? null : format.encode(message);
    }

    /** @param schemas resolves the schemas of other versions */
    public RecordDecoder<T> decoder(WriterSchemas schemas) {
        return new RecordDecoder<>(format, schemas);
    }

    /** Leaves values as bytes, so that an unreadable record does not stop a client library. */
    public Deserializer<byte[]> rawDeserializer() {
        return Serdes.ByteArray().deserializer();
    }

    @Override
    public String toString() {
        return suffix;
    }
}
