package dynoai.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.Column;
import dynoai.schemas.log.Decimal;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.record.RunLogRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {
    static Stream<Arguments> messages() {
        return Stream.of(
                        Samples.runLog().stream().map(m -> Arguments.of(WireFormat.RUN_LOG, m)),
                        Samples.outcomes().stream().map(m -> Arguments.of(WireFormat.RUN_OUTCOME, m)),
                        Stream.of(Arguments.of(WireFormat.RUN_RESULT, Samples.result())),
                        Stream.of(Arguments.of(WireFormat.REJECTED_LOG, Samples.rejected())),
                        Samples.ledger().stream().map(m -> Arguments.of(WireFormat.LEDGER, m)),
                        Stream.of(Arguments.of(WireFormat.LOG_ACCEPTED, Samples.accepted())),
                        Samples.shops().stream().map(m -> Arguments.of(WireFormat.SHOP_ENTRY, m)),
                        Stream.of(Arguments.of(WireFormat.AGENT_CONTACT, Samples.agent())),
                        Stream.of(Arguments.of(WireFormat.LOG_ROW, Samples.row())))
                .flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T> void everyMessage_readsBackAsItWas(WireFormat<T> format, T message) throws Exception {
        // Given
        byte[] bytes = format.encode(message);
        // When
        T read = new RecordDecoder<>(format, WriterSchemas.none()).decode(bytes);
        // Then
        assertThat(format.encode(read)).isEqualTo(bytes);
        if (message instanceof Record && !(message instanceof RunLogRecord.Block) && format != WireFormat.LOG_ROW) {
            assertThat(read).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T> void everyMessage_isWhatItsSchemaSays(WireFormat<T> format, T message) throws Exception {
        // Given
        byte[] bytes = format.encode(message);
        Schema schema = new Schema.Parser().parse(format.schemaJson());
        byte[] body = Arrays.copyOfRange(bytes, WireFormat.HEADER_BYTES, bytes.length);
        // When
        var decoder = DecoderFactory.get().binaryDecoder(body, null);
        Object datum = new GenericDatumReader<>(schema).read(null, decoder);
        // Then
        assertThat(decoder.isEnd()).isTrue();
        assertThat(GenericData.get().validate(schema, datum)).isTrue();
        assertThat(written(schema, datum)).hasSameSizeAs(body);
    }

    @Test
    void block_keepsEveryDoubleBitForBit() throws Exception {
        // Given
        RowBlock rows = Samples.block(1000);
        byte[] bytes = WireFormat.RUN_LOG.encode(new RunLogRecord.Block(1, 4, 4097, rows));
        // When
        var block = (RunLogRecord.Block) new RecordDecoder<>(WireFormat.RUN_LOG, WriterSchemas.none()).decode(bytes);
        // Then
        assertThat(block.ordinal()).isEqualTo(4);
        assertThat(block.firstRow()).isEqualTo(4097);
        assertThat(block.rows().count()).isEqualTo(1000);
        assertThat(block.rows().unreadable()).isEqualTo(5);
        for (Channel channel : Channel.values()) {
            assertThat(bits(block.rows(), channel)).as(channel.key()).isEqualTo(bits(rows, channel));
        }
    }

    @Test
    void sharedColumn_isSharedWhenRead() throws Exception {
        // Given
        byte[] bytes = WireFormat.RUN_LOG.encode(new RunLogRecord.Block(1, 0, 1, Samples.block(8)));
        // When
        var block = (RunLogRecord.Block) new RecordDecoder<>(WireFormat.RUN_LOG, WriterSchemas.none()).decode(bytes);
        // Then
        assertThat(block.rows().column(Channel.MEASURED_AFR_REAR))
                .isSameAs(block.rows().column(Channel.MEASURED_AFR_FRONT));
        assertThat(block.rows().column(Channel.IAT_FAHRENHEIT)).isNull();
    }

    @Test
    void decimalsTooFarApartForOneScale_areWrittenAsDoubles() throws Exception {
        // Given
        long[] cells = {Decimal.pack(9_007_199_254_740_991L, 0), Decimal.pack(-1, 22), Decimal.ABSENT};
        Column[] columns = new Column[Channel.COUNT];
        columns[Channel.RPM.ordinal()] = Column.ofDecimals(cells);
        byte[] bytes = WireFormat.RUN_LOG.encode(new RunLogRecord.Block(1, 0, 1, new RowBlock(3, 0, columns)));
        // When
        var block = (RunLogRecord.Block) new RecordDecoder<>(WireFormat.RUN_LOG, WriterSchemas.none()).decode(bytes);
        // Then
        assertThat(block.rows().column(Channel.RPM).decimals()).isNull();
        assertThat(block.rows().values(Channel.RPM)).containsExactly(9007199254740991.0, -1e-22, Double.NaN);
    }

    @Test
    void decimalsOfAnyScale_keepTheirDouble() throws Exception {
        // Given
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            long[] cells = new long[64];
            for (int i = 0; i < cells.length; i++) {
                long mantissa = random.nextLong() >> 11 + random.nextInt(50);
                cells[i] = Decimal.pack(mantissa, random.nextInt(1 + random.nextInt(Decimal.MAX_SCALE)));
            }
            Column[] columns = new Column[Channel.COUNT];
            columns[0] = Column.ofDecimals(cells);
            RowBlock rows = new RowBlock(cells.length, 0, columns);
            byte[] bytes = WireFormat.RUN_LOG.encode(new RunLogRecord.Block(1, 0, 1, rows));
            // When
            var read = (RunLogRecord.Block) new RecordDecoder<>(WireFormat.RUN_LOG, WriterSchemas.none()).decode(bytes);
            // Then
            assertThat(bits(read.rows(), Channel.TIME_SECONDS)).isEqualTo(bits(rows, Channel.TIME_SECONDS));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T> void damagedBytes_areUnreadable(WireFormat<T> format, T message) {
        // Given
        byte[] bytes = format.encode(message);
        RecordDecoder<T> decoder = new RecordDecoder<>(format, WriterSchemas.none());
        Random random = new Random(3);
        int rounds = 3000;
        // When
        int unreadable = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] damaged = Arrays.copyOf(bytes, i % 3 == 0 ? random.nextInt(bytes.length) : bytes.length);
            for (int flips = 1 + random.nextInt(4); flips > 0 && damaged.length > WireFormat.HEADER_BYTES; flips--) {
                int at = WireFormat.HEADER_BYTES + random.nextInt(damaged.length - WireFormat.HEADER_BYTES);
                damaged[at] = (byte) random.nextInt();
            }
            unreadable += isUnreadable(decoder, damaged) ? 1 : 0;
        }
        // Then
        assertThat(unreadable).isPositive();
    }

    @Test
    void foreignBytes_areUnreadable() {
        // Given
        var decoder = new RecordDecoder<>(WireFormat.RUN_LOG, WriterSchemas.none());
        for (byte[] bytes : List.of(new byte[0], new byte[] {1, 2, 3}, "{\"json\": true, \"long\": 1}".getBytes())) {
            // When
            var thrown = assertThatThrownBy(() -> decoder.decode(bytes));
            // Then
            thrown.isInstanceOf(UnreadableRecordException.class).hasMessageContaining("marker");
        }
    }

    private static <T> boolean isUnreadable(RecordDecoder<T> decoder, byte[] bytes) {
        try {
            decoder.decode(bytes);
            return false;
        } catch (UnreadableRecordException expected) {
            return true;
        }
    }

    private static long[] bits(RowBlock rows, Channel channel) {
        double[] values = rows.values(channel);
        return values == null
                ? new long[0]
                : Arrays.stream(values)
                        .limit(rows.count())
                        .mapToLong(Double::doubleToRawLongBits)
                        .toArray();
    }

    private static byte[] written(Schema schema, Object datum) throws Exception {
        var out = new java.io.ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
