package dynoai.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** A schema of ours with its fingerprint. The only class that touches Avro's library. */
final class AvroSchema {
    /** Every file of {@code src/main/avro}, each after those it refers to. */
    private static final String[] FILES = {
        "RunStarted",
        "RowBlock",
        "RunEnded",
        "RunAbandoned",
        "RunLogEntry",
        "RunGrids",
        "RunFailed",
        "RunOutcome",
        "RunResult",
        "RejectedLog",
        "LedgerEntry",
        "LogRow"
    };

    private final Schema schema;
    private final String json;
    private final long fingerprint;

    private AvroSchema(Schema schema) {
        this.schema = schema;
        this.json = schema.toString();
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    }

    static AvroSchema ofJar(String name) {
        Schema.Parser parser = new Schema.Parser();
        for (String file : FILES) {
            Schema parsed = parser.parse(resource(file + ".avsc"));
            if (file.equals(name)) {
                return new AvroSchema(parsed);
            }
        }
        throw new IllegalArgumentException("no schema " + name);
    }

    String name() {
        return schema.getName();
    }

    /** Whole: what it refers to is inside. */
    String json() {
        return json;
    }

    long fingerprint() {
        return fingerprint;
    }

    /** A translator of bodies written with another version of this schema. */
    Translator from(String writerJson) throws UnreadableRecordException {
        try {
            return new Translator(new Schema.Parser().parse(writerJson), schema);
        } catch (AvroRuntimeException refused) {
            throw new UnreadableRecordException("its schema is none: " + refused.getMessage(), refused);
        }
    }

    /** Turns a body of the writer's schema into a body of ours, by Avro's rules of schema resolution. */
    static final class Translator {
        private final Schema writer;
        private final Schema reader;

        private Translator(Schema writer, Schema reader) {
            this.writer = writer;
            this.reader = reader;
        }

        byte[] translate(byte[] bytes, int from) throws UnreadableRecordException {
            try {
                Object datum = new GenericDatumReader<>(writer, reader, GenericData.get())
                        .read(null, DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null));
                ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
                BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
                new GenericDatumWriter<>(reader).write(datum, encoder);
                encoder.flush();
                return out.toByteArray();
            } catch (IOException | RuntimeException refused) {
                throw new UnreadableRecordException(
                        "does not resolve to " + reader.getFullName() + ": " + refused, refused);
            }
        }
    }

    private static String resource(String file) {
        try (InputStream in = AvroSchema.class.getResourceAsStream("/dynoai/schemas/avro/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
