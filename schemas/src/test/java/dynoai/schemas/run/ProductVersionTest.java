package dynoai.schemas.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProductVersionTest {
    @Test
    void version_isThatOfTheRootPom() throws IOException {
        // When
        var pom = Files.readString(Path.of("..", "pom.xml"));
        // Then
        assertThat(pom)
                .contains("<artifactId>dynoai</artifactId>\n  <version>" + ProductVersion.VERSION + "</version>");
    }
}
