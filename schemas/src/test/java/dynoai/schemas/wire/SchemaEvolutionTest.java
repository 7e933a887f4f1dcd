package dynoai.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.grid.CylinderBalance;
import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.record.RunLogRecord;
import dynoai.schemas.record.RunOutcome;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaEvolutionTest {
    private static final Path RELEASED = Path.of("released");

    /** Formats of this version that no released version has. */
    private static final List<String> NEW = List.of("LogAccepted", "ShopEntry", "AgentContact");

    static Stream<Path> released() throws IOException {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void releasedSchema_isCompatibleBothWays(Path file) throws IOException {
        // Given
        Schema released = new Schema.Parser().parse(Files.readString(file));
        Schema today = new Schema.Parser().parse(format(released.getName()).schemaJson());
        // When
        var forward = SchemaCompatibility.checkReaderWriterCompatibility(released, today);
        var backward = SchemaCompatibility.checkReaderWriterCompatibility(today, released);
        // Then
        assertThat(forward.getType()).as(forward.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(backward.getType()).as(backward.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void everyFormat_hasBeenReleased_orIsNew() throws IOException {
        // When
        List<String> names = released()
                .map(file -> file.getFileName().toString().replace(".avsc", ""))
                .collect(Collectors.toCollection(ArrayList::new));
        names.addAll(NEW);
        // Then
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Topics.ALL.stream().map(topic -> topic.format().name()).toList());
    }

    @Test
    void newerWritersMessage_isReadWithoutNewFields() throws Exception {
        // Given
        Schema newer = withField(
                new Schema.Parser().parse(WireFormat.RUN_RESULT.schemaJson()),
                new Schema.Field("weather", Schema.create(Schema.Type.STRING), null, "dry"));
        byte[] bytes = rewritten(WireFormat.RUN_RESULT, Samples.result(), newer);
        // When
        RunResult read = new RecordDecoder<>(WireFormat.RUN_RESULT, knowing(newer)).decode(bytes);
        // Then
        assertThat(read).isEqualTo(Samples.result());
    }

    @Test
    void olderWritersMessage_isReadWithDefaults() throws Exception {
        // Given
        String grids = WireFormat.RUN_OUTCOME.schemaJson();
        int added = grids.indexOf(",{\"name\":\"balance_front_afr\"");
        int end = grids.indexOf("},{\"type\":\"record\",\"name\":\"RunFailed\"");
        Schema older = new Schema.Parser().parse(grids.substring(0, added) + "]" + grids.substring(end));
        var outcome = (RunOutcome.Completed) Samples.outcomes().get(0);
        byte[] bytes = rewritten(WireFormat.RUN_OUTCOME, outcome, older);
        // When
        var read = (RunOutcome.Completed) new RecordDecoder<>(WireFormat.RUN_OUTCOME, knowing(older)).decode(bytes);
        // Then
        assertThat(read.grids().front()).isEqualTo(outcome.grids().front());
        assertThat(read.grids().balance()).isEqualTo(CylinderBalance.NOT_REQUESTED);
        assertThat(read.grids().decel()).isEqualTo(DecelFindings.NOT_REQUESTED);
    }

    @Test
    void startOfARunByVersionOne_isReadWithDefaults() throws Exception {
        // Given
        Schema older = new Schema.Parser().parse(Files.readString(RELEASED.resolve("1.0.0/RunLogEntry.avsc")));
        byte[] bytes = rewritten(WireFormat.RUN_LOG, Samples.runLog().get(0), older);
        // When
        var read = (RunLogRecord.Started) new RecordDecoder<>(WireFormat.RUN_LOG, knowing(older)).decode(bytes);
        // Then
        LogDescription description = read.run().description();
        assertThat(description.headers())
                .isEqualTo(Samples.started().description().headers());
        assertThat(description.sources()).containsExactly(new LogDescription.Source(Channel.RPM, "column", "RPM", ""));
        assertThat(description.preambleLines()).isZero();
        assertThat(description.weightsByHits()).isFalse();
        assertThat(description.passedOver()).isEmpty();
        assertThat(read.run().storeId()).isEmpty();
    }

    @Test
    void messageOfAForeignSchema_isUnreadable() throws Exception {
        // Given
        Schema foreign = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");
        byte[] bytes = headed(foreign, new byte[0]);
        var decoder = new RecordDecoder<>(WireFormat.RUN_RESULT, knowing(foreign));
        // When
        var thrown = assertThatThrownBy(() -> decoder.decode(bytes));
        // Then
        thrown.isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void unpublishedSchema_isReportedAsUnknown() {
        // Given
        byte[] bytes = WireFormat.RUN_RESULT.encode(Samples.result());
        bytes[4] ^= 1;
        var decoder = new RecordDecoder<>(WireFormat.RUN_RESULT, WriterSchemas.none());
        // When
        var thrown = assertThatThrownBy(() -> decoder.decode(bytes));
        // Then
        thrown.isInstanceOf(UnknownSchemaException.class);
    }

    private static WireFormat<?> format(String name) {
        return Topics.ALL.stream()
                .map(Topic::format)
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static WriterSchemas knowing(Schema schema) {
        Map<Long, String> known = Map.of(SchemaNormalization.parsingFingerprint64(schema), schema.toString());
        return known::get;
    }

    private static Schema withField(Schema schema, Schema.Field added) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new Schema.Field(field, field.schema()));
        }
        fields.add(added);
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    /** Returns a message as a writer of another version writes it. */
    private static <T> byte[] rewritten(WireFormat<T> format, T message, Schema writer) throws IOException {
        byte[] bytes = format.encode(message);
        Schema ours = new Schema.Parser().parse(format.schemaJson());
        byte[] body = Arrays.copyOfRange(bytes, WireFormat.HEADER_BYTES, bytes.length);
        GenericRecord datum = new GenericDatumReader<GenericRecord>(ours, writer)
                .read(null, DecoderFactory.get().binaryDecoder(body, null));
        var out = new java.io.ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(writer).write(datum, encoder);
        encoder.flush();
        return headed(writer, out.toByteArray());
    }

    private static byte[] headed(Schema writer, byte[] body) {
        BinaryOutput out = new BinaryOutput(body.length + WireFormat.HEADER_BYTES);
        out.writeByte(0xC3);
        out.writeByte(0x01);
        out.writeFixedLong(SchemaNormalization.parsingFingerprint64(writer));
        out.writeRaw(body, body.length);
        return out.toByteArray();
    }
}
