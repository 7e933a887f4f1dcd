package dynoai.exporter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.shelf.RunShelf;
import dynoai.exporter.shelf.RunShelfContract;
import dynoai.exporter.shelf.ShelvedRun;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ShelfTest extends RunShelfContract {
    @TempDir
    Path temp;

    private LocalS3 s3;
    private RunShelf shelf;
    private int processes;

    @BeforeEach
    void createShelf() throws Exception {
        s3 = new LocalS3(temp.resolve("s3"));
        shelf = ofAnotherProcess();
        shelf.sweep();
    }

    @AfterEach
    void stopServer() throws Exception {
        s3.close();
    }

    @Override
    protected RunShelf shelf() {
        return shelf;
    }

    @Override
    protected RunShelf ofAnotherProcess() {
        return new S3Storage().shelf(LocalS3.ADDRESS, s3.settings(temp.resolve("process-" + processes++)));
    }

    private List<Path> bundles() throws IOException {
        Path run = s3.object("runs/" + RUN);
        if (!Files.exists(run)) {
            return List.of();
        }
        try (Stream<Path> objects = Files.list(run)) {
            return objects.filter(object -> object.toString().endsWith(".zip")).toList();
        }
    }

    @Override
    protected void damage(RunKey run, String file) throws IOException {
        s3.damage(bundles().get(0), "1500,+1.0");
    }

    @Test
    void lostAnswerOfTheManifest_isASuccess() throws Exception {
        // Given
        s3.faults().next(1, "PUT", "manifest.json", FaultyProxy.Kind.LOST_ANSWER);
        // When
        Manifest manifest = publish(shelf, RUN, true, Optional.empty());
        // Then
        assertThat(s3.faults().isSpent()).isTrue();
        assertThat(ofAnotherProcess().find(RUN).orElseThrow().manifest().bytes())
                .isEqualTo(manifest.bytes());
    }

    @Test
    void lostAnswerOfAReplacement_isASuccess() throws Exception {
        // Given
        publish(shelf, RUN, false, Optional.empty());
        Optional<ShelvedRun> failed = shelf.find(RUN);
        s3.faults().next(1, "PUT", "manifest.json", FaultyProxy.Kind.LOST_ANSWER);
        // When
        publish(shelf, RUN, true, failed);
        // Then
        assertThat(ofAnotherProcess().find(RUN).orElseThrow().manifest().ok()).isTrue();
    }

    @Test
    void conflictsAndErrors_areRetried() throws Exception {
        // Given
        s3.faults().next(2, "PUT", "manifest.json", FaultyProxy.Kind.CONFLICT);
        s3.faults().next(1, "PUT", ".zip", FaultyProxy.Kind.SERVER_ERROR);
        s3.faults().next(1, "PUT", "manifest.json", FaultyProxy.Kind.UNAVAILABLE);
        // When
        publish(shelf, RUN, true, Optional.empty());
        // Then
        assertThat(s3.faults().isSpent()).isTrue();
        assertThat(ofAnotherProcess().find(RUN)).isPresent();
    }

    @Test
    void deathBeforeTheManifest_leavesNoRunAndTheNextAttemptPublishes() throws Exception {
        // Given
        s3.faults().next(9, "PUT", "manifest.json", FaultyProxy.Kind.UNAVAILABLE);
        try (RunFolder folder = shelf.begin(RUN, Optional.empty())) {
            write(folder, RUN, true, "killed");
            assertThatThrownBy(folder::publish).isInstanceOf(StoreUnavailableException.class);
        }
        s3.faults().clear();
        Optional<ShelvedRun> afterDeath = ofAnotherProcess().find(RUN);
        // When
        publish(ofAnotherProcess(), RUN, true, Optional.empty());
        // Then
        assertThat(afterDeath).isEmpty();
        assertThat(bundles()).hasSize(2);
        assertThat(shelf.isIntact(shelf.find(RUN).orElseThrow())).isTrue();
    }

    @Test
    void sweep_removesOldBundlesOfNoRunOnly() throws Exception {
        // Given
        s3.faults().next(9, "PUT", "manifest.json", FaultyProxy.Kind.UNAVAILABLE);
        try (RunFolder folder = shelf.begin(RUN, Optional.empty())) {
            write(folder, RUN, true, "killed");
            assertThatThrownBy(folder::publish).isInstanceOf(StoreUnavailableException.class);
        }
        s3.faults().clear();
        publish(shelf, RUN, true, Optional.empty());
        Bucket bucket = Bucket.of(LocalS3.ADDRESS, s3.settings(temp));
        // When
        OrphanBundles.sweep(bucket, Instant.now().plusSeconds(3600));
        // Then
        assertThat(bundles()).hasSize(1);
        assertThat(shelf.isIntact(shelf.find(RUN).orElseThrow())).isTrue();
    }
}
