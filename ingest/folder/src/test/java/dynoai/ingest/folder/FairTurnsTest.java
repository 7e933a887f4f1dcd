package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.run.ShopTurns;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shops with different backlogs on one drop folder. No run ends unless a test says so. */
class FairTurnsTest {
    private static final ShopTurns.Limits LIMITS = new ShopTurns.Limits(8, 4_000_000, 32);

    @TempDir
    Path temp;

    private DropFolderFixture ingest;

    @BeforeEach
    void openDropFolder() throws Exception {
        ingest = DropFolderFixture.in(temp, LIMITS).start();
        ingest.transport.finishesAtOnce = false;
    }

    @AfterEach
    void closeDropFolder() throws Exception {
        ingest.close();
    }

    private void dropAll(String shop, int count, int bytes) throws Exception {
        for (int log = 0; log < count; log++) {
            ingest.drop(
                    shop + "/pull-" + log + ".csv", (shop + log).repeat(bytes).substring(0, bytes));
        }
    }

    private List<String> shops() {
        return ingest.transport.sent.stream()
                .map(InMemoryTransport.SentRun::shop)
                .toList();
    }

    private long sentOf(String shop) {
        return shops().stream().filter(shop::equals).count();
    }

    @Test
    void singleLog_isSentWithTheNextOneOfABacklog() throws Exception {
        // Given
        dropAll("a", 200, 10);
        ingest.passSettleTime();
        int before = ingest.transport.sent.size();
        ingest.drop("b/pull.csv", "of b");
        ingest.passSettleTime();
        // When
        ingest.transport.finish(0);
        ingest.passSettleTime();
        // Then
        assertThat(before).isEqualTo(32);
        assertThat(shops().subList(before, ingest.transport.sent.size())).startsWith("b");
    }

    @Test
    void shopWithAnotherInFlight_hasOnlyItsShare() throws Exception {
        // Given
        dropAll("a", 60, 10);
        for (String other : List.of("b", "c", "d", "e")) {
            dropAll(other, 60, 10);
        }
        // When
        ingest.passSettleTime();
        // Then
        assertThat(List.of(sentOf("a"), sentOf("b"), sentOf("c"), sentOf("d"), sentOf("e")))
                .containsOnly(8L);
    }

    @Test
    void shopWithTooManyRowsInFlight_doesNotBlockAnother() throws Exception {
        // Given
        ingest.close();
        ingest = DropFolderFixture.in(temp, new ShopTurns.Limits(8, 100, 32)).start();
        ingest.transport.finishesAtOnce = false;
        dropAll("a", 20, 8_000);
        // When
        ingest.passSettleTime();
        dropAll("b", 3, 80);
        ingest.passSettleTime();
        // Then
        assertThat(sentOf("a")).isEqualTo(1);
        assertThat(sentOf("b")).isEqualTo(3);
    }

    @Test
    void largeLog_costsTheTurnsOfItsRows() throws Exception {
        // Given
        ingest.transport.finishesAtOnce = true;
        dropAll("a", 10, 4_000_000);
        dropAll("b", 40, 80);
        // When
        ingest.passSettleTime();
        // Then
        assertThat(shops().subList(0, 22)).filteredOn("a"::equals).hasSizeLessThanOrEqualTo(2);
        assertThat(sentOf("a")).isEqualTo(10);
        assertThat(sentOf("b")).isEqualTo(40);
    }

    @Test
    void endedRun_givesItsPlaceToTheNext() throws Exception {
        // Given
        dropAll("a", 60, 10);
        ingest.passSettleTime();
        // When
        for (int run = 0; run < 10; run++) {
            ingest.transport.finish(run);
        }
        ingest.passSettleTime();
        // Then
        assertThat(sentOf("a")).isEqualTo(42);
    }
}
