package dynoai.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.DropReport.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole agent against an intake with faults. */
final class AgentTest {
    private static final int ROWS = 40_000;
    private static final int BYTES = ShopFixture.log(1, ROWS).length();
    private static final int FIRST_PART = 256 << 10;

    @TempDir
    private Path temp;

    private FakeIntake intake;
    private ShopFixture shop;

    @BeforeEach
    void startIntake() throws Exception {
        intake = new FakeIntake();
        shop = new ShopFixture(temp, intake.address());
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        intake.close();
    }

    @Test
    void logs_comeBackAsRunFolders() throws Exception {
        // Given
        shop.dropLog("pull.csv", 1, 100);
        shop.dropLog("cell-2/softail/pull.csv", 2, ROWS);
        // When
        shop.start().awaitArchived(2);
        // Then
        assertThat(shop.in(State.DONE)).containsExactly("cell-2/softail/pull.csv", "pull.csv");
        shop.checkResults(intake);
        shop.await(() -> assertThat(shop.stored()).isEmpty());
    }

    @Test
    void metadata_namesTheLog() throws Exception {
        // Given
        shop.dropLog("cell-2/softail/pull.csv", 1, 100);
        Files.writeString(shop.drop.resolve("cell-2/softail/dynoai.yaml"), "min_samples: 3\n");
        // When
        shop.start().awaitArchived(1);
        // Then
        String runId = shop.report().entries().get(0).runId();
        assertThat(intake.metadata(runId))
                .containsEntry("filename", "pull.csv")
                .containsEntry("run_id", runId)
                .containsEntry("cell", "cell-2")
                .containsEntry("bike", "softail")
                .doesNotContainKey("force");
        assertThat(intake.metadata(runId).get("options")).contains("min_samples: '3'");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, FIRST_PART - 1, FIRST_PART, FIRST_PART + 1, -1, 0})
    void cutConnection_continuesWhereItWas(int at) throws Exception {
        // Given
        intake.cutAt(at > 0 ? at : BYTES + at);
        shop.dropLog("pull.csv", 1, ROWS);
        // When
        shop.start().awaitArchived(1);
        // Then
        assertThat(shop.in(State.DONE)).containsExactly("pull.csv");
        assertThat(intake.received()).isEqualTo(BYTES);
        shop.checkResults(intake);
    }

    @Test
    void badLog_isRejectedAtTheShop() throws Exception {
        // Given
        intake.close();
        shop.dropLog("good.csv", 1, 100);
        shop.dropBadLog("bad.csv");
        // When
        shop.start().await(() -> assertThat(shop.in(State.REJECTED)).containsExactly("bad.csv"));
        // Then
        assertThat(shop.reason("bad.csv")).contains("\"code\": \"MISSING_COLUMNS\"");
        assertThat(shop.results).isEmptyDirectory();
    }

    @Test
    void sameLog_isADuplicateOfTheIntakesRun() throws Exception {
        // Given
        shop.dropLog("pull.csv", 1, 100);
        shop.start().awaitArchived(1);
        String first = shop.report().entries().get(0).runId();
        shop.dropLog("again.csv", 1, 100);
        // When
        shop.awaitArchived(2);
        // Then
        assertThat(shop.in(State.DUPLICATE)).containsExactly("again.csv");
        assertThat(shop.report().in(State.DUPLICATE).get(0).detail()).isEqualTo(first);
    }

    @Test
    void failedRun_isRejectedWithItsReason() throws Exception {
        // Given
        intake.holdRuns(true);
        shop.dropLog("pull.csv", 1, 100);
        shop.start().await(() -> assertThat(intake.accepted()).isEqualTo(1));
        intake.failRuns("EXPORT_FAILED");
        // When
        shop.awaitArchived(1);
        // Then
        assertThat(shop.reason("pull.csv")).contains("\"code\": \"EXPORT_FAILED\"", "it failed");
    }

    @Test
    void refusedUpload_isRejected() throws Exception {
        // Given
        intake.refuseUploads();
        shop.dropLog("pull.csv", 1, 100);
        // When
        shop.start().awaitArchived(1);
        // Then
        assertThat(shop.reason("pull.csv")).contains("\"code\": \"FILE_TOO_LARGE\"", "a hint");
    }

    @Test
    void revokedToken_isReportedAndRejectsNothing() throws Exception {
        // Given
        intake.revoke(true);
        shop.dropLog("pull.csv", 1, 100);
        shop.start()
                .await(() -> assertThat(shop.problems).anyMatch(text -> text.contains("does not accept the token")));
        boolean connected = shop.agent().status().connected();
        intake.revoke(false);
        // When
        shop.awaitArchived(1);
        // Then
        assertThat(connected).isFalse();
        assertThat(shop.in(State.DONE)).containsExactly("pull.csv");
    }

    @Test
    void newToken_countsAtOnce() throws Exception {
        // Given
        shop.writeToken("dyn_abcdefghijkl_of_yesterday_of_yesterday_of_yesterday_");
        shop.dropLog("pull.csv", 1, 100);
        shop.start().await(() -> assertThat(shop.problems).isNotEmpty());
        shop.writeToken(FakeIntake.TOKEN);
        // When
        shop.awaitArchived(1);
        // Then
        assertThat(shop.in(State.DONE)).containsExactly("pull.csv");
    }

    @Test
    void wrongBytes_areDownloadedAgain() throws Exception {
        // Given
        intake.sendWrongBytes(3);
        shop.dropLog("pull.csv", 1, 100);
        // When
        shop.start().awaitArchived(1);
        // Then
        shop.checkResults(intake);
        assertThat(shop.problems).anyMatch(text -> text.contains("arrived with other bytes"));
    }

    @Test
    void hashMismatch_isSentAgain() throws Exception {
        // Given
        intake.mistakeHashes(1);
        shop.dropLog("pull.csv", 1, 100);
        // When
        shop.start().awaitArchived(1);
        // Then
        assertThat(shop.in(State.DONE)).containsExactly("pull.csv");
    }

    @Test
    void errorOfOneUpload_delaysItAlone() throws Exception {
        // Given
        intake.failInside(1);
        shop.dropLog("first.csv", 1, 100);
        shop.dropLog("second.csv", 2, 100);
        // When
        shop.start().awaitArchived(2);
        // Then
        assertThat(shop.in(State.DONE)).containsExactly("first.csv", "second.csv");
        assertThat(shop.problems).anyMatch(text -> text.contains("answers 500"));
    }

    @Test
    void offlineAgent_sendsEverythingLater() throws Exception {
        // Given
        int port = intake.port();
        intake.close();
        for (int log = 0; log < 8; log++) {
            shop.dropLog("pull-" + log + ".csv", log, 100);
        }
        shop.start().await(() -> assertThat(shop.in(State.SENT)).hasSize(8));
        // When
        intake = new FakeIntake(port);
        // Then
        shop.awaitArchived(8);
        shop.checkResults(intake);
        assertThat(shop.problems).hasSizeLessThan(8);
    }

    @Test
    void restart_continuesTheUpload() throws Exception {
        // Given
        intake.cutAt(FIRST_PART + 7);
        shop.dropLog("pull.csv", 1, ROWS);
        shop.start().await(() -> assertThat(intake.received()).isGreaterThanOrEqualTo(FIRST_PART));
        // When
        shop.restart();
        // Then
        shop.awaitArchived(1);
        assertThat(intake.received()).isLessThan(2L * BYTES);
        shop.checkResults(intake);
    }

    @Test
    void restart_findsTheRunInFlight() throws Exception {
        // Given
        intake.holdRuns(true);
        shop.dropLog("pull.csv", 1, ROWS);
        shop.start()
                .await(() -> assertThat(shop.agent().status().logs())
                        .extracting(AgentStatus.Log::state)
                        .containsExactly("sent"));
        shop.close();
        intake.holdRuns(false);
        // When
        shop.start().awaitArchived(1);
        // Then
        assertThat(intake.received()).isEqualTo(BYTES);
        shop.checkResults(intake);
    }

    @Test
    void newRun_endsTheWaitWithoutAFailure() throws Exception {
        // Given
        intake.holdRuns(true);
        shop.start();
        // When
        for (int log = 0; log < 12; log++) {
            shop.dropLog("pull-" + log + ".csv", log, 10);
            int waits = log + 1;
            shop.await(() -> assertThat(intake.requests().stream().filter(route -> route.contains("ended")))
                    .hasSizeGreaterThanOrEqualTo(waits));
        }
        // Then
        assertThat(shop.problems).isEmpty();
    }

    @Test
    void stop_endsTheWaitForResults() throws Exception {
        // Given
        intake.holdRuns(true);
        shop.dropLog("pull.csv", 1, 100);
        shop.start().await(() -> assertThat(intake.requests()).anyMatch(route -> route.contains("ended")));
        // When
        shop.close();
        // Then
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("dynoai-agent", "dynoai-agent-results", "dynoai-agent-contact");
    }

    @Test
    void contact_saysHowTheAgentIs() throws Exception {
        // Given
        intake.holdRuns(true);
        shop.dropLog("pull.csv", 1, 100);
        // When
        shop.start();
        // Then
        shop.await(() -> assertThat(intake.contacts())
                .hasEntrySatisfying(
                        "dyno-pc",
                        contact -> assertThat(contact.at("in_flight").whole()).isEqualTo(1)));
        shop.await(() ->
                assertThat(AgentStatus.read(shop.data).orElseThrow().logs()).hasSize(1));
        AgentStatus status = AgentStatus.read(shop.data).orElseThrow();
        assertThat(status.isRunning()).isTrue();
        assertThat(status.connected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyFaults_endEachLogOnce(long seed) throws Exception {
        // Given
        intake.randomFaults(seed, 25);
        intake.cutAt(100, FIRST_PART, FIRST_PART + 1, BYTES - 1);
        for (int log = 0; log < 5; log++) {
            shop.dropLog("pull-" + log + ".csv", log, 100);
        }
        shop.dropLog("cell-2/long.csv", 9, ROWS);
        shop.dropLog("cell-2/same.csv", 9, ROWS);
        shop.dropBadLog("bad.csv");
        // When
        shop.start().awaitArchived(8);
        // Then
        assertThat(shop.in(State.DONE)).hasSize(6);
        assertThat(shop.in(State.DUPLICATE)).hasSize(1);
        assertThat(shop.in(State.REJECTED)).containsExactly("bad.csv");
        shop.checkResults(intake);
        shop.await(() -> assertThat(shop.stored()).isEmpty());
    }
}
