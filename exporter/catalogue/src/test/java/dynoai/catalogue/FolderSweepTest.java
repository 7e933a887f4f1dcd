package dynoai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.catalogue.shelf.FolderSweep;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.catalogue.shelf.ShelfSweep;
import dynoai.engine.BatchAnalysis;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.exporter.manifest.GridFile;
import dynoai.exporter.shelf.FolderShelf;
import dynoai.exporter.shelf.RunCopies;
import dynoai.exporter.shelf.RunShelf;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue in step with folders. */
class FolderSweepTest {
    @TempDir
    private Path folder;

    private Catalogue catalogue;
    private RunFolders folders;

    @BeforeEach
    void open() throws IOException {
        catalogue = Catalogue.open(new CatalogueAddress.File(folder.resolve("catalogue.db")));
        folders = new RunFolders(Files.createDirectories(folder.resolve("runs")), folder.resolve("drop"));
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void rebuiltCatalogue_hasWhatItHadFromFoldersAndTopics() throws Exception {
        // Given: one run was first reported by its result, and a log was rejected
        String run = run("shop-a", "a.csv");
        catalogue.put(List.of(
                CatalogueEntry.reported(RunLine.started("shop-a", "default", run, "a.csv", RunState.DONE, 1_000))));
        run("local", "b.csv");
        reject("2026-03-01", "r7");
        sweep().step();
        List<CatalogueEntry> live = catalogue.after("", "", 100);

        // When
        catalogue.clear();
        sweep().step();

        // Then
        assertThat(live).hasSize(3);
        assertThat(catalogue.after("", "", 100)).isEqualTo(live);
    }

    @Test
    void runWhoseFolderIsGone_isRemoved() throws Exception {
        // Given
        String run = run("shop-a", "a.csv");
        run("local", "b.csv");
        FolderSweep sweep = sweep();
        sweep.step();

        // When
        delete(folders.all().resolve("shop-a").resolve(run));
        sweep.step();

        // Then
        assertThat(catalogue.summary().states()).isEqualTo(Map.of(RunState.DONE, 1));
    }

    @Test
    void runOfTheLastOfManyShops_isFoundAfterSomeSteps() throws Exception {
        // Given
        for (int i = 0; i < 2_500; i++) {
            Files.createDirectories(folders.all().resolve("shop-" + i));
        }
        run("zz-shop", "a.csv");
        FolderSweep sweep = sweep();

        // When
        sweep.step();
        Map<RunState, Integer> first = catalogue.summary().states();
        sweep.step();
        sweep.step();

        // Then
        assertThat(first).isEmpty();
        assertThat(catalogue.summary().states()).isEqualTo(Map.of(RunState.DONE, 1));
    }

    @Test
    void catalogueOfOtherFolders_isEmptied() throws Exception {
        // Given
        run("local", "a.csv");
        sweep().step();
        RunFolders others = new RunFolders(Files.createDirectories(folder.resolve("others")), null);

        // When
        new FolderSweep(catalogue, others, runs -> {}).step();

        // Then
        assertThat(catalogue.summary().states()).isEmpty();
    }

    @Test
    void runsOfAShelf_areListedAsThoseOfAFolder() throws Exception {
        // Given
        run("shop-a", "a.csv");
        run("shop-a", "b.csv");
        run("local", "c.csv");
        reject("2026-03-01", "r7");
        sweep().step();
        List<RunLine> ofFolder = lines();
        RunShelf shelf = new FolderShelf(folders.all(), "other");
        RunFolders copied = new RunFolders(
                new RunCopies(shelf, folder.resolve("copies"), "page", RunCopies.MAX_BYTES), folder.resolve("drop"));
        catalogue.clear();

        // When
        new FolderSweep(catalogue, copied, runs -> {}).step();
        boolean whole = new ShelfSweep(catalogue, copied, shelf, runs -> {}).readAll();
        new FolderSweep(catalogue, copied, runs -> {}).step();

        // Then
        assertThat(whole).isTrue();
        assertThat(lines()).isEqualTo(ofFolder).hasSize(4);
    }

    @Test
    void damagedRunOfAShelf_isLeftOut() throws Exception {
        // Given
        String damaged = run("shop-a", "a.csv");
        run("local", "b.csv");
        Files.writeString(GridFile.DELTA.in(folders.all().resolve("shop-a").resolve(damaged)), "damaged");
        RunShelf shelf = new FolderShelf(folders.all(), "other");
        RunFolders copied = new RunFolders(
                new RunCopies(shelf, folder.resolve("copies"), "page", RunCopies.MAX_BYTES), folder.resolve("drop"));

        // When
        boolean whole = new ShelfSweep(catalogue, copied, shelf, runs -> {}).readAll();

        // Then
        assertThat(whole).isFalse();
        assertThat(lines()).extracting(RunLine::shop).containsExactly("local");
    }

    private List<RunLine> lines() throws IOException {
        return catalogue.after("", "", 100).stream().map(CatalogueEntry::line).toList();
    }

    private FolderSweep sweep() {
        return new FolderSweep(catalogue, folders, runs -> {});
    }

    private String run(String shop, String name) throws Exception {
        Path log = folder.resolve(name);
        Files.write(log, SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, name.charAt(0)), 500));
        Path among = shop.equals("local")
                ? folders.all()
                : Files.createDirectories(folders.all().resolve(shop));
        return BatchAnalysis.ofSystemTime()
                .analyze(new RunRequest(log, AnalysisOptions.defaults(), new RunTarget.Among(among), 1), bytes -> {})
                .runId();
    }

    private void reject(String day, String runId) throws IOException {
        Path rejected = Files.createDirectories(
                folder.resolve("drop/rejected").resolve(day).resolve(runId + "-x.csv"));
        Files.writeString(
                rejected.resolve("reason.json"),
                "{\"code\":\"NOT_TEXT\",\"message\":\"m\",\"file\":\"shop-b/x.csv\",\"run_id\":\"" + runId + "\"}");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
