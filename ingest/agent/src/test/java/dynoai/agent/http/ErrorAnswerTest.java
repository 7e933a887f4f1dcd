package dynoai.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ErrorAnswerTest {
    @Test
    void seconds_areTaken() {
        assertThat(ErrorAnswer.retryAfter(headers("120", "Tue, 03 Mar 2026 09:00:00 GMT")))
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void time_countsFromTheAnswer() {
        assertThat(ErrorAnswer.retryAfter(headers("Tue, 02 Mar 2027 09:10:00 GMT", "Tue, 02 Mar 2027 09:00:00 GMT")))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void anythingElse_isAShortPause() {
        assertThat(List.of("", "soon", "-5", "99999999999999999999", "Tue, 02 Mar 2027 08:10:00 GMT"))
                .allSatisfy(text -> assertThat(ErrorAnswer.retryAfter(headers(text, "Tue, 02 Mar 2027 09:00:00 GMT")))
                        .isEqualTo(Duration.ofSeconds(5)));
    }

    private static HttpHeaders headers(String retryAfter, String date) {
        return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter), "Date", List.of(date)), (name, value) -> true);
    }
}
