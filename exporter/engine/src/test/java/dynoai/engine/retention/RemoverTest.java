package dynoai.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.engine.session.SessionMarks;
import dynoai.engine.stored.StoredRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removal next to a running pipeline, and after a crash. */
class RemoverTest {
    private static final String FLHX = "north/bay-1/flhx";
    private static final String RUNS = "runs: {keep_days: 30}";

    @TempDir
    private Path temp;

    private Installation shop;
    private Path old;

    @BeforeEach
    void install() throws Exception {
        shop = new Installation(temp);
        shop.run(FLHX, "latest", 2);
        old = shop.run(FLHX, "old", 100);
    }

    @Test
    void runFolder_disappearsWhole() throws Exception {
        // Given
        Path hidden = old.resolveSibling(".removing-old");
        RetentionEvents events = new RetentionEvents() {
            @Override
            public void removing(Removal removal) throws IOException {
                assertThat(old).doesNotExist();
                assertThat(hidden.resolve("manifest.json")).exists();
                assertThat(StoredRuns.foldersIn(shop.runs)).hasSize(1);
            }
        };
        // When
        shop.apply(RUNS, () -> {}, events);
        // Then
        assertThat(hidden).doesNotExist();
    }

    @Test
    void runThatIsPublishedAgainAfterThePlan_stays() throws Exception {
        // When
        shop.apply(RUNS, () -> Installation.aged(old.resolve("manifest.json"), 99));
        // Then
        assertThat(old.resolve("report.html")).exists();
        assertThat(shop.stayed).singleElement().asString().contains("it changed");
    }

    @Test
    void runThatIsAppliedAfterThePlan_stays() throws Exception {
        // When
        shop.apply(
                RUNS,
                () -> SessionMarks.apply(shop.runs.resolve("north"), List.of("old"), "by hand", Installation.NOW));
        // Then
        assertThat(old.resolve("report.html")).exists();
        assertThat(shop.stayed).singleElement().asString().contains("applied");
    }

    @Test
    void runThatEntersAMapAfterThePlan_stays() throws Exception {
        // When
        shop.apply(RUNS, () -> shop.map(FLHX, "session", 1, "latest", "old"));
        // Then
        assertThat(old.resolve("report.html")).exists();
        assertThat(shop.stayed).singleElement().asString().contains("in the map");
    }

    @Test
    void runThatVanishesAfterThePlan_isNoFailure() throws Exception {
        // When
        shop.apply(RUNS, () -> Files.move(old, temp.resolve("moved")));
        // Then
        assertThat(shop.failed).isEmpty();
        assertThat(shop.removed).isEmpty();
    }

    @Test
    void removalThatCannotBeRecorded_doesNotHappen() throws Exception {
        // Given
        shop.run(FLHX, "older", 200);
        RetentionEvents events = new RetentionEvents() {
            @Override
            public void removing(Removal removal) throws IOException {
                throw new IOException("disk full");
            }
        };
        // When
        assertThatThrownBy(() -> shop.apply(RUNS, () -> {}, events)).hasMessageContaining("disk full");
        // Then
        assertThat(StoredRuns.foldersIn(shop.runs)).hasSize(3);
    }

    @Test
    void interruption_stopsBetweenTwoRemovals() throws Exception {
        // Given
        shop.run(FLHX, "older", 200);
        RetentionEvents events = new RetentionEvents() {
            @Override
            public void removed(Removal removal) {
                Thread.currentThread().interrupt();
            }
        };
        // When
        assertThatThrownBy(() -> shop.apply(RUNS, () -> {}, events)).isInstanceOf(InterruptedException.class);
        // Then
        assertThat(StoredRuns.foldersIn(shop.runs)).hasSize(2);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void removalThatWasKilledBeforeItsDecision_isUndone() throws Exception {
        // Given
        Files.move(old, old.resolveSibling(".removing-old"));
        // When
        shop.retention(new RetentionEvents() {}).finishLeftovers();
        // Then
        assertThat(old.resolve("manifest.json")).exists();
    }

    @Test
    void removalThatWasKilledAfterItsDecision_isFinished() throws Exception {
        // Given
        Path hidden = Files.move(old, old.resolveSibling(".removing-old"));
        Files.delete(hidden.resolve("manifest.json"));
        Path archived = shop.archived("rejected", FLHX, "bad", 100);
        Path removing = Files.createDirectories(shop.drop.resolve(".dynoai/removing"));
        Files.move(archived, removing.resolve("bad"));
        // When
        shop.retention(new RetentionEvents() {}).finishLeftovers();
        // Then
        assertThat(hidden).doesNotExist();
        assertThat(removing).isEmptyDirectory();
    }

    @Test
    void storedLogUnderAHiddenName_getsItsNameBack() throws Exception {
        // Given
        Path log = shop.stored("log", 400);
        Files.move(log, shop.store.resolve(".removing-" + Installation.hash("log")));
        // When
        shop.retention(new RetentionEvents() {}).finishLeftovers();
        // Then
        assertThat(log).hasContent("log");
        assertThat(Inventory.entries(shop.store))
                .noneMatch(path -> path.toString().contains("removing"));
    }

    @Test
    void runThatCannotBeRemoved_doesNotStopTheOthers() throws Exception {
        // Given
        shop.run(FLHX, "older", 200);
        Path inTheWay = Files.createDirectories(old.resolveSibling(".removing-older"));
        Files.writeString(inTheWay.resolve("file"), "");
        Retention retention = shop.retention(shop.new Events());
        RetentionPlan plan = retention.plan(Installation.policy(RUNS), new Retention.Filter(null, null));
        // When
        retention.apply(plan);
        // Then
        assertThat(shop.failed).hasSize(1);
        assertThat(shop.removed).extracting(Removal::id).containsExactly("old");
    }
}
