package dynoai.schemas.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads messages of one kind, those of other versions too. For any number of threads, unless made otherwise. */
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

    /** One for a single thread, whose blocks hold values alone and only until the next message is decoded. */
    public RecordDecoder<T> reusingBlocks() {
        return new RecordDecoder<>(format, schemas, new ColumnBuffers());
    }

    /**
     * @throws UnreadableRecordException when the bytes are no such message
     * @throws UnknownSchemaException when the writer's schema cannot be had; the message must not be skipped
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
        } catch (IllegalArgumentException refused) {
            throw new UnreadableRecordException(String.valueOf(refused.getMessage()), refused);
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
