package dynoai.schemas.run;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Validates manifests in tests with the published JSON Schema. */
public final class ManifestSchema {
    private static final String RESOURCE = "/dynoai/manifest-1.schema.json";

    private ManifestSchema() {}

    public static void assertValid(byte[] manifest) {
        var errors = schema().validate(new String(manifest, StandardCharsets.UTF_8), InputFormat.JSON);
        if (!errors.isEmpty()) {
            throw new AssertionError("the manifest does not follow its schema: " + errors);
        }
    }

    private static Schema schema() {
        try (InputStream in = Objects.requireNonNull(ManifestSchema.class.getResourceAsStream(RESOURCE))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
