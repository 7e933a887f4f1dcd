package dynoai.schemas.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads messages of one kind, also those of other versions. Thread-safe, except for {@link #reusingBlocks}. */
public final class RecordDecoder<T> {
    private final WireFormat<T> format;
    private final WriterSchemas schemas;
    private final Map<Long, AvroSchema.Translator> translators = new ConcurrentHashMap<>();

    private final @Nullable ColumnBuffers buffers;

    public RecordDecoder(WireFormat<T> format, WriterSchemas schemas) {
        this(format, schemas, null);
    }

    private RecordDecoder(WireFormat<T> format, WriterSchemas schemas, @Nullable ColumnBuffers buffers) {
        this.format = format;
        this.schemas = schemas;
        this.buffers = buffers;
    }

    /** Returns a decoder for a single thread. Its blocks have doubles only and are valid until the next call. */
    public RecordDecoder<T> reusingBlocks() {
        return new RecordDecoder<>(format, schemas, new ColumnBuffers());
    }

    /**
     * @throws UnreadableRecordException if the bytes are not a valid message
     * @throws UnknownSchemaException if the writer's schema is not published; the message becomes a dead letter
     */
    public T decode(byte[] bytes) throws UnreadableRecordException {
        long fingerprint = WireFormat.fingerprintOf(bytes);
        if (buffers != null) {
            buffers.rewind();
        }
        BinaryInput in = fingerprint == format.fingerprint()
                ? new BinaryInput(bytes, WireFormat.HEADER_BYTES, buffers)
                : new BinaryInput(translator(fingerprint).translate(bytes, WireFormat.HEADER_BYTES), 0, buffers);
        try {
            T message = format.codec().read(in);
            in.expectEnd();
            return message;
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    private AvroSchema.Translator translator(long fingerprint) throws UnreadableRecordException {
        AvroSchema.Translator known = translators.get(fingerprint);
        if (known == null) {
            known = format.schema().from(schemas.json(fingerprint));
            translators.put(fingerprint, known);
        }
        return known;
    }
}
