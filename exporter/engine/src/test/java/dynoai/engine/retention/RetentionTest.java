package dynoai.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.engine.session.SessionMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy removes, and what stays whatever it says. */
class RetentionTest {
    private static final String FLHX = "north/bay-1/flhx";
    private static final String DYNA = "north/bay-1/dyna";
    private static final String RUNS = "runs: {keep_days: 30}";
    private static final String LOGS = "logs: {keep_days: 31}";

    @TempDir
    private Path temp;

    private Installation shop;

    @BeforeEach
    void install() throws Exception {
        shop = new Installation(temp);
        shop.run(FLHX, "latest", 2);
    }

    @Test
    void plan_changesNothing() throws Exception {
        // Given
        shop.stored("old", 400);
        shop.run(FLHX, "old", 400);
        shop.done(FLHX, "old", 400);
        shop.archived("rejected", FLHX, "bad", 400);
        TreeSet<String> before = shop.snapshot();
        // When
        RetentionPlan plan = shop.plan(PolicyReader.EXAMPLE);
        // Then
        assertThat(plan.removals()).isNotEmpty();
        assertThat(shop.snapshot()).isEqualTo(before);
    }

    @Test
    void runs_stayByDaysAndByNumber() throws Exception {
        // Given
        shop.run(FLHX, "a", 100);
        shop.run(FLHX, "b", 50);
        shop.run(FLHX, "c", 20);
        // When
        List<String> byDays = shop.ids("runs: {keep_days: 30}");
        List<String> byNumber = shop.ids("runs: {keep_newest: 2}");
        List<String> byBoth = shop.ids("runs: {keep_days: 30, keep_newest: 3}");
        // Then
        assertThat(byDays).containsExactly("a", "b");
        assertThat(byNumber).containsExactly("a", "b");
        assertThat(byBoth).containsExactly("a");
    }

    @Test
    void runs_goOldestFirstUntilTheOthersFit() throws Exception {
        // Given
        shop.run(FLHX, "a", 100);
        shop.run(FLHX, "b", 50);
        long one = size(shop.run(FLHX, "c", 20));
        // When
        List<String> going = shop.ids("runs: {max_bytes: " + (2 * one + one / 2) + "}");
        // Then
        assertThat(going).containsExactly("a", "b");
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        for (Path file : Inventory.entries(folder)) {
            size += Files.size(file);
        }
        return size;
    }

    @Test
    void removedRun_isGoneWithItsFolder() throws Exception {
        // Given
        Path old = shop.run(FLHX, "old", 100);
        // When
        shop.apply(RUNS);
        // Then
        assertThat(Inventory.entries(old.getParent()))
                .containsExactly(old.resolveSibling("latest").toRealPath());
        assertThat(shop.removed).extracting(Removal::id).containsExactly("old");
    }

    @Test
    void lastSuccessfulRunOfEachBike_stays() throws Exception {
        // Given
        shop.run(DYNA, "dyna", 400);
        shop.run(DYNA, "dyna-failed", 300, false);
        shop.run("south/bay-1/flhx", "south", 500);
        shop.run("local/default", "local", 600);
        // When
        RetentionPlan plan = shop.plan(RUNS);
        // Then
        assertThat(plan.removals()).extracting(Removal::id).containsExactly("dyna-failed");
        assertThat(plan.guarded()).containsEntry("the last run of its bike", 3L);
    }

    @Test
    void runInFlight_stays() throws Exception {
        // Given
        shop.run(FLHX, "a", 100);
        shop.inWork(FLHX, "a", 100);
        // When
        List<String> going = shop.ids(RUNS);
        // Then
        assertThat(going).isEmpty();
    }

    @Test
    void runThatIsClaimedAfterThePlan_stays() throws Exception {
        // Given
        Path run = shop.run(FLHX, "a", 100);
        // When
        shop.apply(RUNS, () -> shop.inWork(FLHX, "a", 100));
        // Then
        assertThat(run.resolve("report.html")).exists();
        assertThat(shop.stayed).containsExactly("a: in flight");
    }

    @Test
    void runOfAnotherDropFolder_staysWhileItIsInFlight() throws Exception {
        // Given
        shop.run(FLHX, "a", 100);
        Installation other = new Installation(temp.resolve("other"));
        other.inWork(FLHX, "a", 100);
        Retention retention = new Retention(
                new RetentionFolders(shop.runs, shop.store, Optional.of(shop.drop), List.of(other.drop)),
                new RetentionEvents() {},
                () -> Installation.NOW);
        // When
        RetentionPlan plan = retention.plan(Installation.policy(RUNS), new Retention.Filter(null, null));
        // Then
        assertThat(plan.removals()).isEmpty();
    }

    @Test
    void runThatWasPublishedToday_staysHoweverOldItsLogIs() throws Exception {
        // Given
        Path late = shop.run(FLHX, "late", 100);
        Installation.aged(late.resolve("manifest.json"), 0);
        // When
        List<String> going = shop.ids(RUNS);
        // Then
        assertThat(going).isEmpty();
    }

    @Test
    void runOfAMarkOrMap_stays() throws Exception {
        // Given
        for (String id : List.of("applied", "noted", "mapped", "free")) {
            shop.run(FLHX, id, 100);
        }
        Path north = shop.runs.resolve("north");
        SessionMarks.apply(north, List.of("applied"), "ve apply", Installation.daysAgo(90));
        SessionMarks.note(north, "noted", "knock at 4,000", "lee", Installation.daysAgo(90));
        shop.map(FLHX, "mapped", 100, "mapped");
        // When
        List<String> going = shop.ids(RUNS);
        // Then
        assertThat(going).containsExactly("free");
    }

    @Test
    void appliedRun_mayGoOnceItWasRolledBack() throws Exception {
        // Given
        shop.run(FLHX, "tried", 100);
        Path north = shop.runs.resolve("north");
        SessionMarks.apply(north, List.of("tried"), "ve apply", Installation.daysAgo(90));
        SessionMarks.undoApply(north, List.of("tried"), "ve rollback", Installation.daysAgo(89));
        // When
        List<String> going = shop.ids(RUNS);
        // Then
        assertThat(going).containsExactly("tried");
    }

    @Test
    void mapThatGoes_letsItsRunsGo() throws Exception {
        // Given
        shop.run(FLHX, "a", 100);
        shop.run(FLHX, "b", 100);
        shop.map(FLHX, "a", 100, "a");
        shop.map(FLHX, "b", 100, "b");
        SessionMarks.apply(shop.runs.resolve("north"), List.of("b"), "ve apply", Installation.daysAgo(90));
        // When
        List<String> going = shop.ids("maps: {keep_days: 30}\n" + RUNS);
        // Then
        assertThat(going).containsExactly("a-map", "a");
    }

    @Test
    void folderWithFilesOfOthers_stays() throws Exception {
        // Given
        Path run = shop.run(FLHX, "a", 100);
        Files.writeString(run.resolve("tuned.csv"), "mine");
        Path later = shop.run(FLHX, "b", 90);
        // When
        shop.apply(RUNS, () -> Files.writeString(later.resolve("tuned.csv"), "mine"));
        // Then
        assertThat(run.resolve("tuned.csv")).exists();
        assertThat(later.resolve("report.html")).exists();
        assertThat(shop.removed).isEmpty();
    }

    @Test
    void symbolicLinks_areNotFollowed() throws Exception {
        // Given
        Installation outside = new Installation(temp.resolve("outside"));
        Path run = outside.run(FLHX, "outside", 400);
        Path log = outside.stored("outside", 400);
        Path rejected = outside.archived("rejected", FLHX, "bad", 400);
        Files.createSymbolicLink(shop.runs.resolve("north/linked"), run);
        Files.createSymbolicLink(shop.runs.resolve("linked-shop"), run.getParent());
        Path inside = shop.run(FLHX, "inside", 400);
        Files.delete(inside.resolve("report.html"));
        Files.createSymbolicLink(inside.resolve("report.html"), run.resolve("report.html"));
        Files.createSymbolicLink(shop.store.resolve(Installation.hash("outside").substring(0, 2)), log.getParent());
        Files.createDirectories(shop.drop.resolve("rejected"));
        Files.createSymbolicLink(shop.drop.resolve("rejected/2025-01-01"), rejected.getParent());
        Files.createSymbolicLink(
                shop.drop.resolve("duplicates"), rejected.getParent().getParent());
        // When
        shop.apply(RUNS + "\n" + LOGS + "\nrejected: {keep_days: 30}\nduplicates: {keep_days: 30}");
        // Then
        assertThat(run.resolve("report.html")).exists();
        assertThat(log).exists();
        assertThat(rejected.resolve("reason.json")).exists();
        assertThat(inside.resolve("manifest.json")).exists();
        assertThat(shop.leftAlone)
                .containsExactly(
                        "linked-shop: is or contains a symbolic link", "linked: is or contains a symbolic link");
    }

    @Test
    void unfinishedFolders_stay() throws Exception {
        // Given
        Path old = shop.run(FLHX, "a", 100);
        Path unfinished = Files.move(old, old.resolveSibling(".tmp-exporter-1-a"));
        Path replaced = Files.move(shop.run(FLHX, "b", 100), old.resolveSibling(".old-b"));
        // When
        shop.apply(RUNS);
        // Then
        assertThat(unfinished.resolve("manifest.json")).exists();
        assertThat(replaced.resolve("manifest.json")).exists();
    }

    @Test
    void folderWithoutAReadableManifest_isLeftAlone() throws Exception {
        // Given
        Path run = shop.run(FLHX, "a", 100);
        Files.writeString(run.resolve("manifest.json"), "{}");
        // When
        shop.apply(RUNS);
        // Then
        assertThat(run.resolve("report.html")).exists();
        assertThat(shop.leftAlone).singleElement().asString().startsWith("a: ");
    }

    @Test
    void filter_narrowsWhatGoesButNotWhatIsWeighed() throws Exception {
        // Given
        shop.stored("unused", 400);
        shop.run(FLHX, "north", 100);
        shop.run("south/bay-1/flhx", "south", 100);
        shop.run("south/bay-1/flhx", "south-last", 50);
        // When
        RetentionPlan plan = shop.retention(new RetentionEvents() {})
                .plan(Installation.policy(RUNS + "\n" + LOGS), new Retention.Filter("south", null));
        // Then
        assertThat(plan.removals()).extracting(Removal::id).containsExactly("south");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejected", "duplicates"})
    void archivedFolders_goWithTheirEmptyDay(String kind) throws Exception {
        // Given
        Path old = shop.archived(kind, FLHX, "old", 100);
        Path young = shop.archived(kind, FLHX, "young", 3);
        // When
        shop.apply(kind + ": {keep_days: 30}");
        // Then
        assertThat(old.getParent()).doesNotExist();
        assertThat(young.resolve("reason.json")).exists();
        assertThat(Inventory.entries(shop.drop.resolve(".dynoai/removing"))).isEmpty();
    }

    @Test
    void doneLog_leavesItsRecordWhileTheStoreHasTheLog() throws Exception {
        // Given
        shop.done(FLHX, "latest", 2);
        Path log = shop.done(FLHX, "old", 100);
        Path record = log.resolveSibling(log.getFileName() + ".run.yaml");
        Path stored = shop.stored("old", 100);
        // When
        shop.apply("done: {keep_days: 30}");
        // Then
        assertThat(record).exists();
        assertThat(log).doesNotExist();
        assertThat(log.resolveSibling(log.getFileName() + ".options.yaml")).doesNotExist();
        assertThat(shop.ids("done: {keep_days: 30}")).isEmpty();
        Files.delete(stored);
        assertThat(shop.ids("done: {keep_days: 30}")).containsExactly("old");
    }

    @Test
    void claimWithoutASignature_pushesNoOtherOut() throws Exception {
        // Given
        Path signed = shop.done(FLHX, "signed", 100);
        Path forged = shop.done(FLHX, "forged", 50);
        Path record = forged.resolveSibling(forged.getFileName() + ".run.yaml");
        List<String> lines = Files.readAllLines(record);
        Files.write(record, lines.subList(0, lines.size() - 1));
        // When
        List<String> going = shop.ids("done: {keep_newest: 1}");
        // Then
        assertThat(going).isEmpty();
        assertThat(signed).exists();
    }

    @Test
    void storedLog_staysWhileARunFolderNeedsIt() throws Exception {
        // Given
        Path needed = shop.stored("latest", 400);
        shop.stored("unused", 400);
        // When
        RetentionPlan plan = shop.plan(LOGS);
        // Then
        assertThat(plan.removals()).extracting(Removal::id).containsExactly(Installation.hash("unused"));
        assertThat(needed).exists();
    }

    @Test
    void storedLog_staysWhileAnotherNameOfItExists() throws Exception {
        // Given
        Path log = shop.stored("linked", 400);
        Files.createLink(temp.resolve("of-another-folder-of-runs"), log);
        // When
        List<String> going = shop.ids(LOGS);
        // Then
        assertThat(going).isEmpty();
    }

    @Test
    void storedLogOfAClaim_stays() throws Exception {
        // Given
        shop.stored("sent", 400);
        shop.inWork(FLHX, "sent", 400);
        Path later = shop.stored("later", 400);
        // When
        shop.apply(LOGS, () -> shop.inWork(FLHX, "later", 400));
        // Then
        assertThat(shop.removed).isEmpty();
        assertThat(later).exists();
    }

    @Test
    void storedLog_staysForAMonthAfterItsLastRunWent() throws Exception {
        // Given
        Path log = shop.stored("old", 400);
        shop.run(FLHX, "old", 400);
        // When
        shop.apply(RUNS + "\n" + LOGS);
        // Then
        assertThat(shop.removed).extracting(Removal::kind).containsExactly(RetentionKind.RUNS);
        assertThat(Files.getLastModifiedTime(log).toInstant()).isEqualTo(Installation.NOW);
    }

    @Test
    void storedLogThatIsUsedAfterThePlan_stays() throws Exception {
        // Given
        Path log = shop.stored("again", 400);
        // When
        shop.apply(LOGS, () -> Installation.aged(log, 0));
        // Then
        assertThat(log).hasContent("again");
        assertThat(shop.stayed).singleElement().asString().contains("it changed");
    }

    @Test
    void bytes_countAFileOnceWhereItsLastNameGoes() throws Exception {
        // Given
        shop.stored("old", 400);
        Path run = shop.run(FLHX, "old", 400);
        long others = size(run) - Files.size(run.resolve("data.csv"));
        // When
        RetentionPlan plan = shop.plan(RUNS + "\n" + LOGS);
        // Then
        assertThat(plan.removals()).extracting(Removal::bytes).containsExactly(others);
    }

    @Test
    void missingFolders_areAnError() throws Exception {
        // Given
        Files.delete(shop.drop.resolve(".work"));
        Installation empty = new Installation(temp.resolve("empty"));
        empty.stored("unused", 400);
        // Then
        assertThatThrownBy(() -> shop.plan(RUNS))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("it has no folder .work");
        assertThatThrownBy(() -> empty.plan(LOGS)).hasMessageContaining("is its mount missing?");
    }
}
