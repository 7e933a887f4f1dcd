package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.run.FileState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drop folders of one process get the same bytes for one shop. */
class SharedAdmissionTest {
    private static final String LOG = "shop/pull.csv";

    @TempDir
    Path temp;

    private final List<Exception> failures = new ArrayList<>();
    private DropFolderFixture first;
    private DropFolderFixture second;

    @BeforeEach
    void openDropFolders() throws Exception {
        first = DropFolderFixture.in(temp.resolve("first")).start();
        second = DropFolderFixture.in(temp.resolve("second")).sharing(first).start();
    }

    @AfterEach
    void closeDropFolders() throws Exception {
        first.close();
        second.close();
    }

    /** Lets the second ingest do all its work while the first one is in a call of its transport. */
    private void duringFirst(String call) {
        first.transport.onCall = (method, shop) -> {
            if (method.equals(call)) {
                first.transport.onCall = (other, otherShop) -> {};
                try {
                    second.passSettleTime();
                } catch (Exception e) {
                    failures.add(e);
                }
            }
        };
    }

    @Test
    void sameBytesWhileTheFirstRunIsSent_areADuplicate() throws Exception {
        // Given
        first.drop(LOG, "rows");
        second.drop(LOG, "rows");
        duringFirst("send");
        // When
        first.passSettleTime();
        // Then
        assertThat(failures).isEmpty();
        assertThat(first.transport.sent).hasSize(1);
        assertThat(second.transport.sent).isEmpty();
        assertThat(second.state(LOG)).isInstanceOf(FileState.Duplicate.class);
    }

    @Test
    void sameBytesDuringTheLookUp_areADuplicate() throws Exception {
        // Given
        first.drop(LOG, "rows");
        second.drop(LOG, "rows");
        duringFirst("runOf");
        // When
        first.passSettleTime();
        // Then
        assertThat(failures).isEmpty();
        assertThat(first.transport.sent).hasSize(1);
        assertThat(second.transport.sent).isEmpty();
        assertThat(second.state(LOG)).isInstanceOf(FileState.Duplicate.class);
    }

    @Test
    void sameBytesWhileTheFirstRunWaitsForKafka_areADuplicate() throws Exception {
        // Given
        first.drop(LOG, "rows");
        first.transport.down = true;
        first.passSettleTimeWhileDown();
        second.drop(LOG, "rows");
        second.passSettleTime();
        first.transport.down = false;
        // When
        first.reconnect();
        // Then
        assertThat(first.transport.sent).hasSize(1);
        assertThat(second.transport.sent).isEmpty();
        assertThat(second.state(LOG)).isInstanceOf(FileState.Duplicate.class);
    }

    @Test
    void sameBytesAfterARestartWithAnUnsentRun_areADuplicate() throws Exception {
        // Given
        first.drop(LOG, "rows");
        first.transport.down = true;
        first.passSettleTimeWhileDown();
        first.restart();
        second.drop(LOG, "rows");
        second.passSettleTime();
        first.transport.down = false;
        // When
        first.reconnect();
        // Then
        assertThat(first.transport.sent).hasSize(1);
        assertThat(second.transport.sent).isEmpty();
    }

    @Test
    void sameBytesAfterTheFirstLogWasRejected_areARun() throws Exception {
        // Given
        first.drop(LOG, "garbage");
        first.passSettleTime();
        second.drop(LOG, "garbage");
        // When
        second.passSettleTime();
        // Then
        assertThat(second.state(LOG)).isInstanceOf(FileState.Rejected.class);
    }

    @Test
    void sameBytesOfAnotherShop_areARunOfTheirOwn() throws Exception {
        // Given
        first.drop(LOG, "rows");
        second.drop("other/pull.csv", "rows");
        duringFirst("send");
        // When
        first.passSettleTime();
        // Then
        assertThat(failures).isEmpty();
        assertThat(first.transport.sent).hasSize(1);
        assertThat(second.transport.sent).hasSize(1);
    }
}
