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

/** A schema of this version with its fingerprint. */
final class AvroSchema {
    private final Schema schema;
    private final String json;
    private final long fingerprint;

    private AvroSchema(Schema schema) {
        this.schema = schema;
        this.json = schema.toString();
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    }

    /** @param references the names of the schemas that this one refers to, each after those it refers to itself */
    static AvroSchema ofJar(String name, String... references) {
        Schema.Parser parser = new Schema.Parser();
        for (String reference : references) {
            parser.parse(resource(reference + ".avsc"));
        }
        return new AvroSchema(parser.parse(resource(name + ".avsc")));
    }

    Schema schema() {
        return schema;
    }

    String name() {
        return schema.getName();
    }

    /** Returns the schema with those it refers to inside. */
    String json() {
        return json;
    }

    long fingerprint() {
        return fingerprint;
    }

    /** Returns a translator of bodies written with another version of this schema. */
    Translator from(String writerJson) throws UnreadableRecordException {
        try {
            return new Translator(new Schema.Parser().parse(writerJson), schema);
        } catch (AvroRuntimeException e) {
            throw new UnreadableRecordException("cannot parse the writer schema: " + e.getMessage(), e);
        }
    }

    /** Translates a body of the writer's schema into a body of this version, by Avro's rules of schema resolution. */
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
            } catch (IOException | RuntimeException e) {
                throw new UnreadableRecordException("does not resolve to " + reader.getFullName() + ": " + e, e);
            }
        }
    }

    private static String resource(String file) {
        try (InputStream in = AvroSchema.class.getResourceAsStream("/dynoai/schemas/avro/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
