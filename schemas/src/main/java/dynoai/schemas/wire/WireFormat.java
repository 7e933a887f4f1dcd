package dynoai.schemas.wire;

import dynoai.schemas.record.AgentContact;
import dynoai.schemas.record.LedgerEntry;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.LogRow;
import dynoai.schemas.record.RejectedLog;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.record.ShopEntry;

/**
 * The encoding of one kind of message.
 *
 * @param <T> the message
 */
public final class WireFormat<T> {
    static final AvroSchema RUN_STARTED = AvroSchema.ofJar("RunStarted");

    public static final WireFormat<RunLogRecord> RUN_LOG = new WireFormat<>(
            AvroSchema.ofJar("RunLogEntry", "RunStarted", "RowBlock", "RunEnded", "RunAbandoned"), new RunLogCodec());
    public static final WireFormat<RunOutcome> RUN_OUTCOME = new WireFormat<>(
            AvroSchema.ofJar("RunOutcome", "RunStarted", "RunGrids", "RunFailed"), new RunOutcomeCodec());
    public static final WireFormat<RunResult> RUN_RESULT = ofRecord(RunResult.class);
    public static final WireFormat<RejectedLog> REJECTED_LOG = ofRecord(RejectedLog.class);
    public static final WireFormat<LedgerEntry> LEDGER = ofLedger();
    public static final WireFormat<LogAccepted> LOG_ACCEPTED = ofRecord(LogAccepted.class);
    public static final WireFormat<ShopEntry> SHOP_ENTRY = ofShops();
    public static final WireFormat<AgentContact> AGENT_CONTACT = ofRecord(AgentContact.class);
    public static final WireFormat<LogRow> LOG_ROW = new WireFormat<>(AvroSchema.ofJar("LogRow"), new LogRowCodec());

    private static final int MARKER = 0xC3;
    private static final int VERSION = 0x01;
    static final int HEADER_BYTES = 2 + Long.BYTES;

    private final AvroSchema schema;
    private final Codec<T> codec;

    private WireFormat(AvroSchema schema, Codec<T> codec) {
        this.schema = schema;
        this.codec = codec;
    }

    private static <T> WireFormat<T> ofRecord(Class<T> type) {
        AvroSchema schema = AvroSchema.ofJar(type.getSimpleName());
        return new WireFormat<>(schema, new RecordCodec<>(type, schema));
    }

    /** The ledger's schema is a record whose only field is the union of its entries. */
    private static WireFormat<LedgerEntry> ofLedger() {
        record Holder(LedgerEntry entry) {}
        AvroSchema schema = AvroSchema.ofJar("LedgerEntry");
        return new WireFormat<>(schema, new RecordCodec<>(Holder.class, schema).of(Holder::new, Holder::entry));
    }

    /** Like the ledger's, this schema is a record whose only field is a union. */
    private static WireFormat<ShopEntry> ofShops() {
        record Holder(ShopEntry entry) {}
        AvroSchema schema = AvroSchema.ofJar("ShopEntry");
        return new WireFormat<>(schema, new RecordCodec<>(Holder.class, schema).of(Holder::new, Holder::entry));
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
        BinaryOutput out = new BinaryOutput(512);
        encode(message, out);
        return out.toByteArray();
    }

    /** Appends the message with its header. */
    void encode(T message, BinaryOutput out) {
        writeHeader(out);
        codec.write(out, message);
    }

    void writeHeader(BinaryOutput out) {
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

    /** Returns the fingerprint of the writer's schema. */
    static long fingerprintOf(byte[] bytes) throws UnreadableRecordException {
        if (bytes.length < HEADER_BYTES || (bytes[0] & 0xFF) != MARKER || bytes[1] != VERSION) {
            throw new UnreadableRecordException(
                    "not in single-object encoding: " + bytes.length + " bytes without its marker");
        }
        return new BinaryInput(bytes, 2).readFixedLong();
    }
}
