package dynoai.schemas.wire;

import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.LogRow;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import java.util.List;

/**
 * How one kind of message looks as bytes.
 *
 * @param <T> the message
 */
public final class WireFormat<T> {
    public static final WireFormat<RunLogRecord> RUN_LOG = new WireFormat<>("RunLogEntry", new RunLogCodec());
    public static final WireFormat<RunOutcome> RUN_OUTCOME = new WireFormat<>("RunOutcome", new RunOutcomeCodec());
    public static final WireFormat<RunResult> RUN_RESULT = new WireFormat<>("RunResult", new RunResultCodec());
    public static final WireFormat<RejectedLog> REJECTED_LOG = new WireFormat<>("RejectedLog", new RejectedLogCodec());
    public static final WireFormat<LedgerEntry> LEDGER = new WireFormat<>("LedgerEntry", new LedgerCodec());
    public static final WireFormat<LogRow> LOG_ROW = new WireFormat<>("LogRow", new LogRowCodec());

    /** Every format; each one's schema is published before its first record. */
    public static final List<WireFormat<?>> ALL =
            List.of(RUN_LOG, RUN_OUTCOME, RUN_RESULT, REJECTED_LOG, LEDGER, LOG_ROW);

    private static final int MARKER = 0xC3;
    private static final int VERSION = 0x01;
    static final int HEADER_BYTES = 2 + Long.BYTES;

    private final AvroSchema schema;
    private final Codec<T> codec;

    private WireFormat(String schemaName, Codec<T> codec) {
        this.schema = AvroSchema.ofJar(schemaName);
        this.codec = codec;
    }

    /** The schema's name without its namespace. */
    public String name() {
        return schema.name();
    }

    public String schemaJson() {
        return schema.json();
    }

    /** The CRC-64-AVRO fingerprint of the schema's parsing canonical form. */
    public long fingerprint() {
        return schema.fingerprint();
    }

    public byte[] encode(T message) {
        AvroOutput out = new AvroOutput(512);
        encode(message, out);
        return out.toByteArray();
    }

    /** Appends the message, header and all. */
    void encode(T message, AvroOutput out) {
        writeHeader(out);
        codec.write(out, message);
    }

    void writeHeader(AvroOutput out) {
        out.writeByte(MARKER);
        out.writeByte(VERSION);
        out.writeFixedLong(fingerprint());
    }

    Codec<T> codec() {
        return codec;
    }

    AvroSchema schema() {
        return schema;
    }

    /** The writer's fingerprint of an encoded message. */
    static long fingerprintOf(byte[] bytes) throws UnreadableRecordException {
        if (bytes.length < HEADER_BYTES || (bytes[0] & 0xFF) != MARKER || bytes[1] != VERSION) {
            throw new UnreadableRecordException(
                    "no single-object encoding: " + bytes.length + " bytes without its marker");
        }
        return new AvroInput(bytes, 2).readFixedLong();
    }
}
