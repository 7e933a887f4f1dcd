package dynoai.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntakeAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://intake.example.com",
                "https://intake.example.com:8443/dyno",
                "http://127.0.0.1:80",
                "http://[::1]:8443",
                "http://localhost"
            })
    void protectedAddress_isTaken(String text) {
        // Given
        String withSlash = text + "/";
        // When
        IntakeAddress address = IntakeAddress.parse(withSlash);
        // Then
        assertThat(address.resolve("/v1/uploads")).hasToString(text + "/v1/uploads");
    }

    @Test
    void plainHttp_isForThisMachineOnly() {
        assertThatThrownBy(() -> IntakeAddress.parse("http://192.0.2.7:8443"))
                .hasMessageContaining("would send the token unprotected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"intake.example.com", "ftp://h", "https://", "https://a b", "https://u:p@h", "https://h?q=1"})
    void otherText_isNoAddress(String text) {
        assertThatThrownBy(() -> IntakeAddress.parse(text)).hasMessageContaining("give https://HOST[:PORT]");
    }
}
