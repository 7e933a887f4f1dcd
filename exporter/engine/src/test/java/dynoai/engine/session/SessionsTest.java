package dynoai.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");
    private static final Place FLHX = new Place("north", "bay-1", "flhx");
    private static final Place DYNA = new Place("north", "bay-1", "dyna");

    @TempDir
    private Path shop;

    private static SessionRun run(Place bike, String id, Duration after) {
        return new SessionRun(Path.of("runs", id), bike, id, NINE.plus(after).toEpochMilli());
    }

    private List<Session> split(SessionRun... runs) throws IOException {
        return Sessions.split(List.of(runs), SessionMarks.of(shop));
    }

    private static List<String> ids(Session session) {
        return session.runs().stream().map(SessionRun::runId).toList();
    }

    @Test
    void bikes_haveSessionsOfTheirOwn() throws Exception {
        // When
        List<Session> sessions = split(
                run(FLHX, "a", Duration.ZERO),
                run(DYNA, "b", Duration.ofHours(1)),
                run(FLHX, "c", Duration.ofHours(2)));
        // Then
        assertThat(sessions).hasSize(2).allMatch(Session::current);
        assertThat(sessions).extracting(SessionsTest::ids).containsExactlyInAnyOrder(List.of("a", "c"), List.of("b"));
    }

    @Test
    void twelveHoursOfSilence_beginASession() throws Exception {
        // When
        List<Session> sessions = split(
                run(FLHX, "c", Duration.ofHours(23)),
                run(FLHX, "a", Duration.ZERO),
                run(FLHX, "b", Duration.ofHours(11)));
        // Then
        assertThat(sessions).extracting(SessionsTest::ids).containsExactly(List.of("a", "b"), List.of("c"));
        assertThat(sessions).extracting(Session::current).containsExactly(false, true);
        assertThat(sessions).extracting(Session::id).containsExactly("a", "c");
    }

    @Test
    void mark_beginsASessionOfItsBikeOnly() throws Exception {
        // Given
        SessionMarks.begin(shop, FLHX, NINE.plusSeconds(90));
        // When
        List<Session> sessions = split(
                run(FLHX, "a", Duration.ZERO),
                run(DYNA, "x", Duration.ZERO),
                run(FLHX, "b", Duration.ofMinutes(2)),
                run(DYNA, "y", Duration.ofMinutes(2)));
        // Then
        assertThat(sessions)
                .extracting(SessionsTest::ids)
                .containsExactlyInAnyOrder(List.of("a"), List.of("b"), List.of("x", "y"));
    }

    @Test
    void markAfterTheLastRun_isASessionWithoutARun() throws Exception {
        // Given
        SessionMarks.begin(shop, FLHX, NINE.plusSeconds(90));
        // When
        List<Session> sessions = split(run(FLHX, "a", Duration.ZERO));
        // Then
        assertThat(sessions).extracting(SessionsTest::ids).containsExactly(List.of("a"), List.of());
        assertThat(sessions.get(1).current()).isTrue();
        assertThat(sessions.get(1).begunMillis()).isEqualTo(NINE.plusSeconds(90).toEpochMilli());
    }

    @Test
    void damagedMarks_areLeftOut() throws Exception {
        // Given
        SessionMarks.apply(shop, List.of("a"), "ve apply", NINE);
        Path file = shop.resolve(".sessions/marks.jsonl");
        Files.writeString(file, "{\"at\":\"2026-", StandardOpenOption.APPEND);
        // When
        SessionMarks.apply(shop, List.of("b"), "by hand", NINE.plusSeconds(1));
        SessionMarks.undoApply(shop, List.of("a"), "by hand", NINE.plusSeconds(2));
        // Then
        SessionMarks marks = SessionMarks.of(shop);
        assertThat(marks.unreadable()).isEqualTo(1);
        assertThat(marks.appliedMillis("a")).isEmpty();
        assertThat(marks.appliedMillis("b")).hasValue(NINE.plusSeconds(1).toEpochMilli());
        assertThat(Files.readAllLines(file)).hasSize(4);
    }
}
