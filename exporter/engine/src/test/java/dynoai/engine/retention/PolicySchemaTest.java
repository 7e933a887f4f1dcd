package dynoai.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the reader accept the same policies. */
class PolicySchemaTest {
    private static final String RESOURCE = "/dynoai/retention-1.schema.json";

    private static boolean followsSchema(String yaml) throws Exception {
        try (InputStream in = Objects.requireNonNull(PolicyReader.class.getResourceAsStream(RESOURCE))) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
            return schema.validate(yaml, InputFormat.YAML).isEmpty();
        }
    }

    private static boolean isRead(String yaml) {
        try {
            Installation.policy(yaml);
            return true;
        } catch (InvalidPolicyException e) {
            return false;
        }
    }

    @Test
    void publishedExample_isThatOfTheMessages() throws Exception {
        // When
        String published = Files.readString(Path.of("../../docs/retention.yaml"));
        // Then
        assertThat(published).isEqualTo(PolicyReader.EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PolicyReader.EXAMPLE,
                "runs: {keep_days: 1}",
                "runs: {keep_days: 0}",
                "runs: {keep_days: 36501}",
                "runs: {keep_newest: 0}",
                "runs: {max_bytes: 0}",
                "runs: {max_bytes: -1}",
                "runs: {max_bytes: 3GiB}",
                "runs: {max_bytes: 3 GB}",
                "runs: {}",
                "runs: 3",
                "logs: {keep_days: 30}",
                "logs: {keep_newest: 3}",
                "run: {keep_days: 3}",
            })
    void schemaAndReader_agree(String yaml) throws Exception {
        // When
        boolean follows = followsSchema(yaml);
        // Then
        assertThat(follows).isEqualTo(isRead(yaml));
    }
}
