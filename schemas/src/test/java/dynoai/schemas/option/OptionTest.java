package dynoai.schemas.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionTest {
    @Test
    void numbers_areDecimalsWithAPoint() throws InvalidOptionException {
        for (String text : new String[] {"7", "7.0", "7.", "+7", "0.7e1", "70E-1", ".7e+1", " 7 "}) {
            // When
            var options = AnalysisOptions.defaults().with(Option.CLAMP, text);
            // Then
            assertThat(options.number(Option.CLAMP)).as(text).isEqualTo(7.0);
        }
    }

    @Test
    void otherNumberFormats_areRejected() {
        for (String text : new String[] {
            "",
            ".",
            "+",
            "e1",
            "7e",
            "7e+",
            "7,0",
            "0x7",
            "7f",
            "7d",
            "NaN",
            "Infinity",
            "1e999",
            "7 0",
            "--7",
            "7.0.",
            "٧"
        }) {
            assertThatThrownBy(() -> AnalysisOptions.defaults().with(Option.CLAMP, text))
                    .as(text)
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("clamp");
        }
    }

    @Test
    void wholeNumbers_mayHaveAPointButNoFraction() throws InvalidOptionException {
        // When
        var options = AnalysisOptions.defaults().with(Option.SMOOTH_PASSES, "3.0");
        // Then
        assertThat(options.whole(Option.SMOOTH_PASSES)).isEqualTo(3);
        assertThatThrownBy(() -> options.with(Option.SMOOTH_PASSES, "3.5")).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void columns_areHeadersByChannel() throws InvalidOptionException {
        // When
        var options = AnalysisOptions.of(Map.of("columns", "kpa=MAP Load = 2\nrpm = Engine\nkpa=MAP Load"));
        // Then
        assertThat(options.columns()).containsExactly(Map.entry("rpm", "Engine"), Map.entry("kpa", "MAP Load"));
        assertThat(AnalysisOptions.of(options.toTexts())).isEqualTo(options);
        for (String wrong : new String[] {"", "kpa", "kpa=", "boost=MAP Load"}) {
            assertThatThrownBy(() -> AnalysisOptions.defaults().with(Option.COLUMNS, wrong))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("rpm, kpa, torque");
        }
    }

    @Test
    void optionsNewerThanVersionOne_areRecordedOnlyIfSet() throws InvalidOptionException {
        // When
        var options = AnalysisOptions.of(Map.of("min_samples", "3"));
        // Then
        assertThat(options.toMap()).containsEntry("min_samples", 3).doesNotContainKey("columns");
        assertThat(AnalysisOptions.of(Map.of("min_samples", "1")).toTexts())
                .isEqualTo(AnalysisOptions.defaults().toTexts())
                .doesNotContainKey("min_samples");
    }

    @Test
    void replay_hasNoHitsAndNoMinimumOfSamples() {
        for (Map.Entry<String, String> option :
                Map.of("weighting", "hits", "min_samples", "2").entrySet()) {
            // When
            var thrown = assertThatThrownBy(() ->
                    AnalysisOptions.of(Map.of("math_version", "toolkit-1.2", option.getKey(), option.getValue())));
            // Then
            thrown.isInstanceOf(InvalidOptionException.class).hasMessageContaining(option.getKey());
        }
    }
}
