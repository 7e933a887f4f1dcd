package dynoai.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String GREETING = "retry: 1000\n\n";

    @Test
    void newStream_startsWithTheCurrentEvent() throws Exception {
        // When
        String sent = streamAfter("");

        // Then
        assertThat(sent).isEqualTo(GREETING + "id: life-7\nevent: board\ndata: {}\n\n");
    }

    @Test
    void reconnectedStream_skipsTheEventItHas() throws Exception {
        // When
        String sent = streamAfter("life-7");

        // Then
        assertThat(sent).isEqualTo(GREETING);
    }

    @Test
    void streamFromAnEarlierProcess_getsTheCurrentEvent() throws Exception {
        // When
        String sent = streamAfter("other-life-7");

        // Then
        assertThat(sent).contains("id: life-7");
    }

    /** Returns what is sent in one poll of a board that does not change. */
    private static String streamAfter(String lastEventId) throws IOException {
        CountDownLatch closing = new CountDownLatch(1);
        EventStream.Source board = new EventStream.Source() {
            @Override
            public String eventId() {
                closing.countDown();
                return "life-7";
            }

            @Override
            public String event() {
                return "{}";
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventStream.run(board, lastEventId, out, closing);
        return out.toString(StandardCharsets.UTF_8);
    }
}
