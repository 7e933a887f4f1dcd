package dynoai.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
    @Test
    void freshToken_isParsedAgain() {
        // Given
        Token token = Token.fresh();
        // When
        var parsed = Token.parse(token.text());
        // Then
        assertThat(parsed).hasValue(token);
        assertThat(token.toString()).contains(token.id()).doesNotContain(token.secret());
        assertThat(token.secretSha256()).hasSize(64);
    }

    @Test
    void freshTokens_differ() {
        assertThat(Token.fresh()).isNotEqualTo(Token.fresh());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dyn_",
                "Bearer x",
                "dyn_abcdefghijkl_short",
                "DYN_abcdefghijkl_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void otherText_isNotAToken(String text) {
        assertThat(Token.parse(text)).isEmpty();
    }
}
