package dynoai.schemas.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads messages of one kind, those of other versions too. For any number of threads. */
public final class RecordDecoder<T> {
    private final WireFormat<T> format;
    private final WriterSchemas schemas;
    private final Map<Long, AvroSchema.Translator> translators = new ConcurrentHashMap<>();

    public RecordDecoder(WireFormat<T> format, WriterSchemas schemas) {
        this.format = format;
        this.schemas = schemas;
    }

    /**
     * @throws UnreadableRecord when the bytes are no such message
     * @throws UnknownSchema when the writer's schema cannot be had; the message must not be skipped
     */
    public T decode(byte[] bytes) throws UnreadableRecord {
        long fingerprint = WireFormat.fingerprintOf(bytes);
        AvroInput in = fingerprint == format.fingerprint()
                ? new AvroInput(bytes, WireFormat.HEADER_BYTES)
                : new AvroInput(translator(fingerprint).translate(bytes, WireFormat.HEADER_BYTES));
        try {
            T message = format.codec().read(in);
            in.expectEnd();
            return message;
        } catch (IllegalArgumentException refused) {
            throw new UnreadableRecord(String.valueOf(refused.getMessage()), refused);
        }
    }

    private AvroSchema.Translator translator(long fingerprint) throws UnreadableRecord {
        AvroSchema.Translator known = translators.get(fingerprint);
        if (known == null) {
            known = format.schema().from(schemas.json(fingerprint));
            translators.put(fingerprint, known);
        }
        return known;
    }
}
