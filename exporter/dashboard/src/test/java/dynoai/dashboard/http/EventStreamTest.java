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
    void pageThatKnowsNothing_hearsHowItIs() throws Exception {
        // When
        String heard = heardBy("");

        // Then
        assertThat(heard).isEqualTo(GREETING + "id: life-7\nevent: board\ndata: {}\n\n");
    }

    @Test
    void pageThatComesAgain_isNotToldWhatItKnows() throws Exception {
        // When
        String heard = heardBy("life-7");

        // Then
        assertThat(heard).isEqualTo(GREETING);
    }

    @Test
    void pageOfAnEarlierProcess_hearsHowItIsNow() throws Exception {
        // When
        String heard = heardBy("other-life-7");

        // Then
        assertThat(heard).contains("id: life-7");
    }

    /** What comes in one look at a board that stands still. */
    private static String heardBy(String known) throws IOException {
        CountDownLatch closing = new CountDownLatch(1);
        EventStream.Source board = new EventStream.Source() {
            @Override
            public String mark() {
                closing.countDown();
                return "life-7";
            }

            @Override
            public String event() {
                return "{}";
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventStream.run(board, known, out, closing);
        return out.toString(StandardCharsets.UTF_8);
    }
}
