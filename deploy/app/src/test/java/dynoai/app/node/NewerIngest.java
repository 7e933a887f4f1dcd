package dynoai.app.node;

import dynoai.broker.TestTopics;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.Topics;
import dynoai.schemas.wire.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Writes the run log as an ingest of a later version would, which knows a field more in each of its records. */
final class NewerIngest {
    private static final int HEADER_BYTES = 10;

    private final Schema ours = new Schema.Parser().parse(WireFormat.RUN_LOG.schemaJson());
    private final Schema newer = new Schema.Parser()
            .parse(WireFormat.RUN_LOG
                    .schemaJson()
                    .replaceAll(
                            "(\"name\":\"(RunStarted|RowBlock|RunEnded)\"[^\\[]*\"fields\":\\[)",
                            "$1{\"name\":\"weather\",\"type\":\"string\",\"default\":\"dry\"},"));
    private final long fingerprint = SchemaNormalization.parsingFingerprint64(newer);

    void publish(TestTopics topics) throws Exception {
        String key = String.format(Locale.ROOT, "%016x", fingerprint);
        topics.send(
                Topics.schemas(Namespace.DEFAULT), null, key, newer.toString().getBytes(StandardCharsets.UTF_8));
    }

    byte[] rewritten(byte[] record) throws IOException {
        byte[] body = Arrays.copyOfRange(record, HEADER_BYTES, record.length);
        GenericRecord datum = new GenericDatumReader<GenericRecord>(ours, newer)
                .read(null, DecoderFactory.get().binaryDecoder(body, null));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(fingerprint)
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(newer).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
