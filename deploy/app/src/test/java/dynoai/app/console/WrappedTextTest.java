package dynoai.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappedTextTest {
    @Test
    void sentence_beginsALine() {
        // When
        var lines = WrappedText.lines("dynoai: a.csv: no column. Hint: export it again.", 80);
        // Then
        assertThat(lines).containsExactly("dynoai: a.csv: no column.", "  Hint: export it again.");
    }

    @Test
    void quotedName_staysWhole() {
        // When
        var lines = WrappedText.lines("it has 2 columns: 'WBO2 Curr. AFR', 'Man Abs Press'. It's short.", 36);
        // Then
        assertThat(lines).containsExactly("it has 2 columns: 'WBO2 Curr. AFR',", "  'Man Abs Press'.", "  It's short.");
    }

    @Test
    void longWord_hasALineOfItsOwn() {
        // When
        var lines = WrappedText.lines("a " + "b".repeat(100) + " c", 40);
        // Then
        assertThat(lines).containsExactly("a", "  " + "b".repeat(100), "  c");
    }
}
