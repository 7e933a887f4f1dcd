package dynoai.schemas.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void otherNumberFormats_areRefused() {
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
}
