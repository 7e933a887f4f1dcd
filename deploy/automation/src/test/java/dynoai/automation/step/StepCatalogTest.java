package dynoai.automation.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.automation.TestSteps;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepCatalogTest {
    private static Path testClasses() throws Exception {
        return Path.of(TestSteps.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @Test
    void classesOfAFolder_areListedWithWhatTheySayOfThemselves() throws Exception {
        // Given
        StepCatalog catalog = StepCatalog.of(List.of(testClasses()));
        // When
        List<StepDescription> steps = catalog.javaSteps();
        // Then
        assertThat(steps).extracting(StepDescription::name).startsWith("analyze", "batch", "preflight");
        assertThat(steps)
                .filteredOn(step -> step.name().equals("dynoai.automation.TestSteps$Sample"))
                .singleElement()
                .satisfies(step -> assertThat(step.description()).isEqualTo("Writes a message to the Context."));
        assertThat(steps).extracting(StepDescription::name).doesNotContain(StepCatalogTest.class.getName());
    }

    @Test
    void whatIsNoStep_isRefusedByName() {
        // Given
        StepCatalog catalog = TestSteps.catalog();
        // Then
        assertThatThrownBy(() -> catalog.step("java.lang.String"))
                .hasMessageContaining("is not a step: it must implement");
        assertThatThrownBy(() -> catalog.step("no.such")).hasMessageContaining("built-in steps are analyze");
        assertThatThrownBy(() -> StepCatalog.of(List.of(Path.of("no-such-folder"))))
                .hasMessageContaining("no such folder or jar");
    }
}
