package dynoai.exporter.application;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dynoai.schemas.file.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes metadata as JSON. The last field, {@code metadata_sha}, is the hash of all bytes before it, so that a flipped bit
 * anywhere is detected.
 */
public final class MetadataWriter {
    public static final String SEAL_BEFORE = ",\n  \"metadata_sha\" : \"";
    public static final String SEAL_AFTER = "\"\n}\n";

    private MetadataWriter() {}

    /** @param applications newest first, at least one */
    public static byte[] write(List<ApplyMetadata> applications) {
        String unsealed = json(applications);
        byte[] sealed =
                unsealed.substring(0, unsealed.length() - "\n}".length()).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream(sealed.length + 128);
        file.writeBytes(sealed);
        file.writeBytes((SEAL_BEFORE + Sha256.hex(sealed) + SEAL_AFTER).getBytes(StandardCharsets.UTF_8));
        return file.toByteArray();
    }

    private static String json(List<ApplyMetadata> applications) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
            json.writeStartObject();
            fields(json, applications.get(0));
            json.writeArrayFieldStart("earlier");
            for (ApplyMetadata application : applications.subList(1, applications.size())) {
                json.writeStartObject();
                fields(json, application);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void fields(JsonGenerator json, ApplyMetadata application) throws IOException {
        json.writeStringField("operation", "apply");
        json.writeStringField("base_sha", application.baseSha());
        json.writeStringField("factor_sha", application.factorSha());
        text(json, "output_sha", application.outputSha());
        text(json, "applied_at_utc", application.appliedAtUtc());
        text(json, "user", application.user());
        json.writeNumberField("max_adjust_pct", application.maxAdjustPct());
        text(json, "app_version", application.appVersion());
        text(json, "math_version", application.mathVersion());
        text(json, "folder", application.folder());
        text(json, "base_file", application.baseFile());
        text(json, "factor_file", application.factorFile());
        text(json, "output_file", application.outputFile());
        text(json, "comment", application.comment());
        text(json, "run_id", application.runId());
        text(json, "mask_file", application.maskFile());
        text(json, "mask_sha", application.maskSha());
        json.writeNumberField("min_hits", application.minHits());
        json.writeArrayFieldStart("left_alone");
        for (int cell : application.leftAlone()) {
            json.writeNumber(cell);
        }
        json.writeEndArray();
        if (application.roundedBaseCells() != null) {
            json.writeNumberField("rounded_base_cells", application.roundedBaseCells());
        }
        if (!application.residuals().isEmpty()) {
            json.writeArrayFieldStart("residuals");
            for (long residual : application.residuals()) {
                json.writeNumber(residual);
            }
            json.writeEndArray();
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
