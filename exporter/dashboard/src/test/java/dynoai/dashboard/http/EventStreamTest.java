package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        EventStream stream = new EventStream(BOARD, "life-7", 0, () -> true, () -> {});
        stream.next(0);

        // When
        String early = new String(stream.next(TimeUnit.SECONDS.toNanos(14)), StandardCharsets.UTF_8);
        String late = new String(stream.next(TimeUnit.SECONDS.toNanos(16)), StandardCharsets.UTF_8);

        // Then
        assertThat(early + late).isEqualTo(": heartbeat\n\n");
    }

    @Test
    void boardThatChangesAllTheTime_givesABurstAndThenTwoEventsASecond() {
        // Given
        AtomicInteger version = new AtomicInteger();
        EventStream stream = new EventStream(changing(version), "", 0, () -> true, () -> {});

        // When
        List<Integer> sent = new ArrayList<>();
        for (int tick = 0; tick < 30; tick++) {
            version.set(tick);
            if (stream.next(TimeUnit.MILLISECONDS.toNanos(100L * tick)).length > 0) {
                sent.add(tick);
            }
        }

        // Then
        assertThat(sent).containsExactly(0, 1, 2, 3, 4, 6, 11, 16, 21, 26);
    }

    private static EventStream.Source changing(AtomicInteger version) {
        return new EventStream.Source() {
            @Override
            public String eventId() {
                return "life-" + version;
            }

            @Override
            public String event() {
                return "{}";
            }
        };
    }

    /** Returns what is sent first. */
    private static String streamAfter(String lastEventId) {
        return new String(new EventStream(BOARD, lastEventId, 0, () -> true, () -> {}).next(0), StandardCharsets.UTF_8);
    }
}
