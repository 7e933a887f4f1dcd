package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.log.text.LogSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingProgressTest {
    @TempDir
    Path store;

    @Test
    void rowsAndBytes_areReportedAtMostFourTimesASecond() throws Exception {
        // Given
        List<String> reports = new ArrayList<>();
        IngestEvents events = new IngestEvents() {
            @Override
            public void logProgress(Claim claim, long rows, long bytes) {
                reports.add(rows + " rows, " + bytes + " bytes");
            }
        };
        AtomicLong clock = new AtomicLong();
        ReadingProgress progress = new ReadingProgress(MockKafka.claim(store, 10), events, clock::get);
        try (LogSource.Bytes log =
                progress.counted(LogSource.of("pull.csv", new byte[100])).open()) {
            // When
            for (int block = 0; block < 10; block++) {
                log.read(new byte[10], 0, 10);
                clock.addAndGet(Duration.ofMillis(100).toNanos());
                progress.rows(1024);
            }
        }
        // Then
        assertThat(reports).containsExactly("3072 rows, 30 bytes", "6144 rows, 60 bytes", "9216 rows, 90 bytes");
    }
}
