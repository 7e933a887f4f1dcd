package dynoai.automation.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dynoai.automation.TestSteps;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepCatalogTest {
    private static Path testClasses() throws Exception {
        return Path.of(TestSteps.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @Test
    void classesOfAFolder_areListedWithTheirDocumentation() throws Exception {
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
        assertThat(steps)
                .filteredOn(step -> step.name().equals("dynoai.automation.TestSteps$Functions#twice"))
                .singleElement()
                .satisfies(step -> assertThat(step.description()).isEqualTo("Doubles a number."));
        assertThat(steps).extracting(StepDescription::name).doesNotContain(StepCatalogTest.class.getName());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"java.lang.String|is not a step: it must implement", "no.such|built-in steps are analyze"})
    void classThatIsNotAStep_isAnErrorThatNamesIt(String name, String message) {
        // Given
        StepCatalog catalog = TestSteps.catalog();
        // When
        Throwable thrown = catchThrowable(() -> catalog.step(name));
        // Then
        assertThat(thrown).isInstanceOf(InvalidStepException.class).hasMessageContainingAll(name, message);
    }

    @Test
    void missingClassPath_isAnError() {
        // When
        Throwable thrown = catchThrowable(() -> StepCatalog.of(List.of(Path.of("no-such-folder"))));
        // Then
        assertThat(thrown).hasMessageContaining("no such folder or jar");
    }
}
