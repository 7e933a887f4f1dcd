package dynoai.ingest.log;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;

/**
 * Any bytes are read like the reference, or rejected. In a build this replays the seed corpus; with {@code
 * JAZZER_FUZZ=1} it searches for more.
 */
class LogReaderFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void anyBytes_areReadOrRejected(byte[] bytes) throws IOException {
        // Given
        ReaderReferee referee = new ReaderReferee(bytes, AnalysisOptions.defaults());
        // When
        String difference = referee.difference(64, 1);
        // Then
        if (difference != null) {
            throw new AssertionError(difference);
        }
    }
}
