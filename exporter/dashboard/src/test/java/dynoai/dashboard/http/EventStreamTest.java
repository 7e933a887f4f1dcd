package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String GREETING = "retry: 1000\n\n";
    private static final EventStream.Source BOARD = new EventStream.Source() {
        @Override
        public String eventId() {
            return "life-7";
        }

        @Override
        public String event() {
            return "{}";
        }
    };

    @Test
    void newStream_startsWithTheCurrentEvent() {
        // When
        String sent = streamAfter("");

        // Then
        assertThat(sent).isEqualTo(GREETING + "id: life-7\nevent: board\ndata: {}\n\n");
    }

    @Test
    void reconnectedStream_skipsTheEventItHas() {
        // When
        String sent = streamAfter("life-7");

        // Then
        assertThat(sent).isEqualTo(GREETING);
    }

    @Test
    void streamFromAnEarlierProcess_getsTheCurrentEvent() {
        // When
        String sent = streamAfter("other-life-7");

        // Then
        assertThat(sent).contains("id: life-7");
    }

    @Test
    void boardThatDoesNotChange_getsAHeartbeat() {
        // Given
        EventStream stream = new EventStream(BOARD, "life-7", 0, () -> {});
        stream.next(0);

        // When
        String early = new String(stream.next(TimeUnit.SECONDS.toNanos(14)), StandardCharsets.UTF_8);
        String late = new String(stream.next(TimeUnit.SECONDS.toNanos(16)), StandardCharsets.UTF_8);

        // Then
        assertThat(early + late).isEqualTo(": heartbeat\n\n");
    }

    /** Returns what is sent first. */
    private static String streamAfter(String lastEventId) {
        return new String(new EventStream(BOARD, lastEventId, 0, () -> {}).next(0), StandardCharsets.UTF_8);
    }
}
