package dynoai.exporter.ve.preview;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** A preview as one JSON object on one line; a missing number is null. */
final class PreviewJson {
    private PreviewJson() {}

    static String of(Preview preview) {
        StringWriter text = new StringWriter();
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("base", preview.base());
            json.writeStringField("factor", preview.factor());
            json.writeStringField("math_version", preview.mathVersion());
            json.writeNumberField("max_adjust_pct", preview.maxAdjustPct());
            json.writeObjectFieldStart("counts");
            for (Preview.Fate fate : Preview.Fate.values()) {
                json.writeNumberField(key(fate), preview.count(fate));
            }
            json.writeEndObject();
            json.writeArrayFieldStart("cells");
            for (Preview.Cell cell : preview.cells()) {
                json.writeStartObject();
                json.writeStringField("rpm", cell.rpm());
                json.writeStringField("kpa", cell.kpa());
                number(json, "old", cell.oldValue());
                number(json, "factor", cell.factor());
                number(json, "clamped", cell.clamped());
                number(json, "new", cell.newValue());
                json.writeStringField("fate", key(cell.fate()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String key(Preview.Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT);
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
