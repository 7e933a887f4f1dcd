package dynoai.agent.http;

import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * An answer that says that a request failed.
 *
 * @param code of the intake, or empty
 * @param unavailable what to throw if the request is not the reason
 */
record ErrorAnswer(String code, String message, String hint, Optional<IntakeUnavailableException> unavailable) {
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(5);
    private static final int MAX_CHARACTERS = 500;

    static ErrorAnswer of(HttpResponse<byte[]> answer, IntakeAddress intake, Path tokenFile) {
        JsonTree error = errorIn(answer.body());
        int status = answer.statusCode();
        String said = error.at("message").text();
        String message = intake + " answers " + status + (said.isEmpty() ? "" : ": " + bounded(said));
        IntakeUnavailableException unavailable = switch (status) {
            case 401, 403 ->
                new IntakeUnavailableException(
                        IntakeUnavailableException.Kind.CREDENTIAL,
                        intake + " does not accept the token in " + tokenFile
                                + ": it is revoked, expired or wrong; ask the operator for a new one and write it"
                                + " into the file",
                        Duration.ZERO,
                        null);
            case 423, 429, 503, 507 ->
                new IntakeUnavailableException(
                        IntakeUnavailableException.Kind.BUSY, message, retryAfter(answer.headers()), null);
            case 301, 302, 303, 307, 308 ->
                IntakeUnavailableException.connection(
                        message + "; it redirects to "
                                + answer.headers().firstValue("Location").orElse("another address")
                                + ", is the address right?",
                        null);
            case 407, 408, 502, 504 -> IntakeUnavailableException.connection(message, null);
            default -> null;
        };
        return new ErrorAnswer(
                error.at("code").text(), message, error.at("hint").text(), Optional.ofNullable(unavailable));
    }

    private static JsonTree errorIn(byte[] body) {
        try {
            return new JsonTree(Json.read(body)).at("error");
        } catch (IOException ignored) {
            // A proxy answered.
            return new JsonTree(null);
        }
    }

    private static String bounded(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }

    /** A time counts from that of the answer, since the clock of this computer may be wrong. */
    static Duration retryAfter(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("");
        try {
            if (!value.isEmpty() && value.chars().allMatch(Character::isDigit)) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            Duration until = Duration.between(date(headers.firstValue("Date").orElse("")), date(value));
            return until.isNegative() ? DEFAULT_PAUSE : until;
        } catch (DateTimeException | ArithmeticException | NumberFormatException ignored) {
            // Not given, or not valid.
            return DEFAULT_PAUSE;
        }
    }

    private static ZonedDateTime date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
