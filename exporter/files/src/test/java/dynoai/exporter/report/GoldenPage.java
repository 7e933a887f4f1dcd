package dynoai.exporter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden pages. {@code -Ddynoai.golden=rewrite} rewrites them. */
final class GoldenPage {
    private static final Path FOLDER = Path.of("src/test/resources/dynoai/exporter/report");

    private GoldenPage() {}

    /** Returns the golden page. */
    static String text(String name, String now) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("rewrite".equals(System.getProperty("dynoai.golden"))) {
            assertThat(System.getenv("CI"))
                    .as("golden pages are never rewritten in CI")
                    .isNull();
            Files.createDirectories(FOLDER);
            Files.writeString(file, now, StandardCharsets.UTF_8);
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
