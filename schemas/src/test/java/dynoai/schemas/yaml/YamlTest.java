package dynoai.schemas.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
    private static @Nullable Object value(String yaml) throws YamlException {
        return Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)).orElseThrow().value();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            nullValues = "NULL",
            value = {
                "yes, String, yes",
                "off, String, off",
                "12:30, String, 12:30",
                "1_000, String, 1_000",
                "2026-01-31, String, 2026-01-31",
                "'1', String, 1",
                "010, Integer, 10",
                "0o10, Integer, 8",
                "0x10, Integer, 16",
                "9999999999, Long, 9999999999",
                ".5, Double, 0.5",
                "1e3, Double, 1000.0",
                "True, Boolean, true",
                "~, NULL, NULL"
            })
    void plainScalars_followTheCoreSchema(String yaml, @Nullable String type, @Nullable String text) throws Exception {
        // When
        @Nullable Object value = value(yaml);
        // Then
        assertThat(value == null ? null : value.getClass().getSimpleName()).isEqualTo(type);
        assertThat(value == null ? null : value.toString()).isEqualTo(text);
    }

    @Test
    void valuesKnowTheirLines() throws Exception {
        // Given
        String yaml = "a: 1\nb:\n  - x\n  - {c: d}\n";
        // When
        YamlNode.Mapping root = (YamlNode.Mapping)
                Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        // Then
        assertThat(root.fields().get("b"))
                .isInstanceOfSatisfying(
                        YamlNode.Sequence.class,
                        list -> assertThat(list.items())
                                .extracting(YamlNode::line)
                                .containsExactly(3, 4));
    }

    @Test
    void alias_isTheValueOfItsAnchor() throws Exception {
        // When
        @Nullable Object value = value("a: &one {x: 1}\nb: *one");
        // Then
        assertThat(value).isEqualTo(Map.of("a", Map.of("x", 1), "b", Map.of("x", 1)));
    }

    @Test
    void emptyText_hasNoDocument() throws Exception {
        // When
        boolean empty =
                Yaml.read("# only a comment\n".getBytes(StandardCharsets.UTF_8)).isEmpty();
        // Then
        assertThat(empty).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [1\\nb: 2|2|not valid YAML",
                "a: 1\\n---\\nb: 2|2|second document",
                "a: 1\\na: 2|2|a: given twice",
                "a: !!int 5|1|has no meaning",
                "a: .inf|1|JSON cannot hold",
                "a: &a [*a]|1|no value with the anchor",
                "[1]: x|1|a key must be plain text"
            })
    void faults_areReportedWithTheirLine(String yaml, int line, String message) {
        // When
        YamlException thrown = catchThrowableOfType(YamlException.class, () -> value(yaml.replace("\\n", "\n")));
        // Then
        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.line()).isEqualTo(line);
    }

    @Test
    void deepNesting_isRejected() {
        // Given
        StringBuilder chain = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 100; i++) {
            chain.append("a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
        }
        // When
        YamlException brackets = catchThrowableOfType(YamlException.class, () -> value("[".repeat(5_000)));
        YamlException aliases = catchThrowableOfType(YamlException.class, () -> value(chain.toString()));
        // Then
        assertThat(brackets).hasMessageContaining("nested too deeply");
        assertThat(aliases).hasMessageContaining("nested too deeply");
    }

    @Test
    void writtenMapping_readsBackAsItWas(@TempDir Path folder) throws Exception {
        // Given
        Map<String, Object> mapping = Map.of(
                "name",
                "012: a\n#b",
                "size",
                1L << 40,
                "force",
                false,
                "options",
                Map.of("clamp", "7"),
                "list",
                List.of());
        Path file = folder.resolve("run.yaml");
        // When
        Files.write(file, Yaml.write(mapping));
        // Then
        assertThat(Yaml.readMapping(file)).isEqualTo(mapping);
    }

    @Test
    void emptyFile_isAnEmptyMapping(@TempDir Path folder) throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("dynoai.yaml"), "# no options\n");
        // When
        Map<?, ?> mapping = Yaml.readMapping(file);
        // Then
        assertThat(mapping).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b\n", "text", "a: 1\n---\nb: 2\n", "a: &x [*x]\n", "a: [\n"})
    void fileThatIsNotOneMapping_isRejected(String content, @TempDir Path folder) throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("dynoai.yaml"), content);
        // When
        var read = assertThatThrownBy(() -> Yaml.readMapping(file));
        // Then
        read.isInstanceOf(IOException.class);
    }
}
