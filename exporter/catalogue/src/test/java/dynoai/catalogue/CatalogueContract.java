package dynoai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.catalogue.run.Findings;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a catalogue does in every database. */
abstract class CatalogueContract {
    private static final Comparator<RunLine> NEWEST_FIRST =
            Comparator.comparingLong(RowId::of).reversed();

    private CatalogueAddress address;
    private Catalogue catalogue;

    /** Returns a database without content. */
    abstract CatalogueAddress emptyDatabase() throws Exception;

    @BeforeEach
    void open() throws Exception {
        address = emptyDatabase();
        catalogue = Catalogue.open(address);
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void run_isReadAsItWasWritten() throws Exception {
        // Given
        RunLine written = new RunLine(
                "shop-a",
                "cell-1",
                "r1",
                "shop-a/cell-1/Größe \"1\".csv",
                "ab".repeat(32),
                RunState.FAILED,
                1_700_000_000_123L,
                1_700_000_001_000L,
                findings("bike-7", 3),
                new Notice("NOT_TEXT", 7, "rpm", "there are NUL bytes", "export it as text", "r0"));

        // When
        catalogue.put(List.of(new CatalogueEntry(written, "runs/shop-a/r1", 42)));

        // Then
        assertThat(catalogue.find("shop-a", "r1")).contains(new CatalogueEntry(written, "runs/shop-a/r1", 42));
    }

    @Test
    void laterState_wins() throws Exception {
        // Given
        catalogue.put(List.of(reported(line("r1", RunState.DONE, 1_000))));

        // When
        catalogue.put(List.of(reported(line("r1", RunState.REJECTED, 500))));

        // Then
        assertThat(catalogue.find("shop-a", "r1").orElseThrow().line().state()).isEqualTo(RunState.DONE);
        assertThat(catalogue.summary().states()).isEqualTo(Map.of(RunState.DONE, 1));
    }

    @Test
    void sameRunTwice_changesNothing() throws Exception {
        // Given
        catalogue.put(List.of(reported(line("r1", RunState.DONE, 1_000))));
        long before = catalogue.summary().version();

        // When
        catalogue.put(List.of(reported(line("r1", RunState.DONE, 1_000))));

        // Then
        assertThat(catalogue.summary().version()).isEqualTo(before);
    }

    @Test
    void runsWithTheSamePlaceInTime_areAllKept() throws Exception {
        // Given
        List<CatalogueEntry> runs = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            runs.add(reported(line("r" + i, RunState.DONE, 0)));
        }

        // When
        catalogue.put(runs);

        // Then
        assertThat(catalogue.summary().states()).isEqualTo(Map.of(RunState.DONE, 4_000));
        assertThat(catalogue.list(Query.ALL, 0, 5_000)).hasSize(4_000);
    }

    @Test
    void everyQuery_givesWhatComparingEachRunGives() throws Exception {
        // Given
        List<RunLine> all = madeRuns(2_000);
        catalogue.put(all.stream().map(CatalogueEntry::reported).toList());

        for (Query query : queries()) {
            // When
            List<RunLine> found = catalogue.list(query, 7, 50);
            Catalogue.Total total = catalogue.count(query);

            // Then
            List<RunLine> expected =
                    all.stream().filter(query::matches).sorted(NEWEST_FIRST).toList();
            assertThat(total).as(query.toString()).isEqualTo(new Catalogue.Total(expected.size(), true));
            assertThat(found)
                    .as(query.toString())
                    .isEqualTo(expected.stream().skip(7).limit(50).toList());
        }
    }

    @Test
    void snapshot_doesNotChange() throws Exception {
        // Given
        catalogue.put(List.of(reported(line("r1", RunState.DONE, 1_000))));

        // When
        List<Object> read = catalogue.readSnapshot(snapshot -> {
            Catalogue.Total before = snapshot.count(Query.ALL);
            catalogue.put(List.of(reported(line("r2", RunState.DONE, 2_000))));
            return List.of(before, snapshot.count(Query.ALL), snapshot.list(Query.ALL, 0, 10));
        });

        // Then
        Catalogue.Total one = new Catalogue.Total(1, true);
        assertThat(read).isEqualTo(List.of(one, one, List.of(line("r1", RunState.DONE, 1_000))));
        assertThat(catalogue.count(Query.ALL)).isEqualTo(new Catalogue.Total(2, true));
    }

    @Test
    void countOfWords_isALowerBoundOnceNotAllRunsAreLookedAt() throws Exception {
        // Given: the word zz is in the ten oldest and the three newest runs
        int count = RunReader.MAX_COUNTED + 50;
        List<CatalogueEntry> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean rare = i < 10 || i >= count - 3;
            runs.add(reported(RunLine.started(
                    "shop-a",
                    "cell-1",
                    "r" + i,
                    (rare ? "zz-special" : "pull") + i + ".csv",
                    RunState.DONE,
                    i * 60_000L + 60_000)));
        }
        catalogue.put(runs);
        Query.Period oldest = new Query.Period(1, 11 * 60_000L);

        // When
        Map<String, Catalogue.Total> totals = Map.of(
                "all", catalogue.count(Query.ALL),
                "short word", catalogue.count(words("zz", Query.Period.ALWAYS)),
                "short word of old runs", catalogue.count(words("zz", oldest)),
                "rare word", catalogue.count(words("special", Query.Period.ALWAYS)),
                "frequent word", catalogue.count(words("pull", Query.Period.ALWAYS)));

        // Then
        assertThat(totals)
                .isEqualTo(Map.of(
                        "all", new Catalogue.Total(count, true),
                        "short word", new Catalogue.Total(3, false),
                        "short word of old runs", new Catalogue.Total(10, true),
                        "rare word", new Catalogue.Total(13, true),
                        "frequent word", new Catalogue.Total(RunReader.MAX_COUNTED, false)));
        assertThat(catalogue.list(words("zz", Query.Period.ALWAYS), 0, 50)).hasSize(3);
        assertThat(catalogue.list(words("special", Query.Period.ALWAYS), 0, 50)).hasSize(13);
        assertThat(catalogue.list(Query.ALL, RunReader.MAX_COUNTED, 100)).hasSize(50);
    }

    private static Query words(String words, Query.Period period) {
        return new Query(words, "", "", "", "", period);
    }

    @Test
    void history_isPagedByItsLastRun() throws Exception {
        // Given
        List<RunLine> all = madeRuns(500);
        catalogue.put(all.stream().map(CatalogueEntry::reported).toList());
        Query cell = new Query("", "shop-1", "cell-1", "done", "", Query.Period.ALWAYS);
        List<RunLine> expected =
                all.stream().filter(cell::matches).sorted(NEWEST_FIRST).toList();

        // When
        List<RunLine> found = new ArrayList<>(catalogue.list(cell, 0, 10));
        List<RunLine> page = found;
        while (!page.isEmpty()) {
            page = catalogue.older(cell, found.get(found.size() - 1), 10);
            found.addAll(page);
        }

        // Then
        assertThat(found).isEqualTo(expected);
        assertThat(catalogue.newer(cell, expected.get(4), 3))
                .containsExactly(expected.get(3), expected.get(2), expected.get(1));
    }

    @Test
    void comparableRuns_areOfTheSameCellOrVehicle() throws Exception {
        // Given
        List<RunLine> all = madeRuns(1_000);
        catalogue.put(all.stream().map(CatalogueEntry::reported).toList());
        RunLine run = all.stream()
                .filter(line -> line.state() == RunState.DONE)
                .findFirst()
                .orElseThrow();

        // When
        List<RunLine> found = catalogue.comparable(run, 1_000);

        // Then
        assertThat(found)
                .isEqualTo(all.stream()
                        .filter(line ->
                                line.state() == RunState.DONE && line.shop().equals(run.shop()))
                        .filter(line -> line.cell().equals(run.cell()) || line.isOfVehicle(run))
                        .filter(line -> !line.key().equals(run.key()))
                        .sorted(NEWEST_FIRST)
                        .toList());
    }

    @Test
    void counters_followEveryChange() throws Exception {
        // Given
        List<RunLine> all = madeRuns(600);
        catalogue.put(all.stream().map(CatalogueEntry::reported).toList());

        // When
        List<RunLine> gone = all.subList(0, 200);
        catalogue.remove(gone.stream().map(CatalogueEntry::reported).toList());
        RunLine failed = all.get(300);
        catalogue.put(List.of(reported(failed.ended(RunState.DONE, 9, Notice.NONE))));

        // Then
        for (Query query : queries()) {
            long listed = catalogue.list(query, 0, 1_000).size();
            assertThat(catalogue.count(query).runs()).as(query.toString()).isEqualTo(listed);
        }
        assertThat(catalogue.shops("").keySet()).containsExactlyElementsOf(catalogue.shopNames(100));
        assertThat(catalogue.cellNames("shop-1", 100)).containsExactly("cell-0", "cell-1", "cell-2");
    }

    @Test
    void offsets_areWrittenWithTheRuns() throws Exception {
        // Given
        Catalogue.TopicPosition position = new Catalogue.TopicPosition("topic", 3);
        catalogue.put(List.of(reported(line("r1", RunState.DONE, 1))), Map.of(position, 10L));

        // When
        catalogue.put(List.of(reported(line("r2", RunState.DONE, 2))), Map.of(position, 20L));

        // Then
        assertThat(catalogue.nextOffsets()).isEqualTo(Map.of(position, 20L));
        assertThat(catalogue.summary().states()).isEqualTo(Map.of(RunState.DONE, 2));
    }

    @Test
    void crashBeforeTheCommit_leavesNeitherRunsNorCountersNorOffsets() throws Exception {
        // Given
        catalogue.put(List.of(reported(line("r1", RunState.DONE, 1))));

        // When
        int status = CrashingWriter.run(address);

        // Then
        assertThat(status).isEqualTo(CrashingWriter.CRASHED);
        assertThat(catalogue.nextOffsets()).isEmpty();
        assertThat(catalogue.summary().states()).isEqualTo(Map.of(RunState.DONE, 1));
        assertThat(catalogue.count(Query.ALL).runs()).isEqualTo(1);
        catalogue.put(List.of(reported(line("r2", RunState.DONE, 2))));
        assertThat(catalogue.list(Query.ALL, 0, 10)).hasSize(2);
    }

    @Test
    void clearedCatalogue_isEmptyAndReadFromTheStart() throws Exception {
        // Given
        catalogue.put(List.of(reported(line("r1", RunState.DONE, 1))), Map.of(new Catalogue.TopicPosition("t", 0), 5L));
        long before = catalogue.generation();

        // When
        catalogue.clear();

        // Then
        assertThat(catalogue.summary().states()).isEmpty();
        assertThat(catalogue.nextOffsets()).isEmpty();
        assertThat(catalogue.generation()).isNotEqualTo(before);
        assertThat(catalogue.list(Query.ALL, 0, 10)).isEmpty();
    }

    @Test
    void secondOpening_keepsTheRuns() throws Exception {
        // Given
        catalogue.put(List.of(reported(line("r1", RunState.DONE, 1))));
        catalogue.close();

        // When
        catalogue = Catalogue.open(address);

        // Then
        assertThat(catalogue.summary().states()).isEqualTo(Map.of(RunState.DONE, 1));
    }

    static CatalogueEntry reported(RunLine line) {
        return CatalogueEntry.reported(line);
    }

    static RunLine line(String runId, RunState state, long atMillis) {
        return RunLine.started("shop-a", "cell-1", runId, "shop-a/cell-1/" + runId + ".csv", state, atMillis);
    }

    private static Findings findings(String vehicle, int anomalies) {
        return new Findings(
                60_000,
                100_000,
                new Findings.Delta(3.25, 1, 40, 0, Findings.Uncut.UNKNOWN),
                new Findings.Delta(7, 12, 40, 2, new Findings.Uncut(10.89, 4500, 65)),
                Findings.Delta.UNKNOWN,
                anomalies,
                7,
                "2.0.0",
                "winpep",
                vehicle,
                true);
    }

    /** Returns runs of a seed. */
    private static List<RunLine> madeRuns(int count) {
        Random random = new Random(7);
        List<RunLine> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String shop = "shop-" + random.nextInt(4);
            String cell = "cell-" + random.nextInt(3);
            RunState state = List.of(
                            RunState.DONE, RunState.DONE, RunState.FAILED, RunState.REJECTED, RunState.DUPLICATE)
                    .get(random.nextInt(5));
            boolean ok = state == RunState.DONE;
            runs.add(new RunLine(
                    shop,
                    cell,
                    "2026-03-01-" + Integer.toHexString(i),
                    shop + "/" + cell + "/Pull_100%-" + random.nextInt(50) + ".csv",
                    "",
                    state,
                    1_700_000_000_000L + random.nextInt(100) * 60_000L,
                    0,
                    ok ? findings("bike-" + random.nextInt(5), random.nextInt(2)) : Findings.NONE,
                    ok ? Notice.NONE : Notice.of("CODE_" + random.nextInt(3), "it failed at " + random.nextInt(20))));
        }
        return runs;
    }

    private static List<Query> queries() {
        Query.Period always = Query.Period.ALWAYS;
        Query.Period period = new Query.Period(1_700_000_600_000L, 1_700_003_000_000L);
        List<Query> queries = new ArrayList<>(List.of(Query.ALL));
        for (String words :
                List.of("", "PULL_100%-7", "pull code_1", "at 7", "0%", "03-01-1f csv", "nothing-like-it")) {
            for (String shop : List.of("", "shop-1")) {
                for (String cell : List.of("", "cell-1")) {
                    for (String state : List.of("", "done", "failed", Query.WARNING, Query.IN_FLIGHT)) {
                        queries.add(new Query(words, shop, cell, state, "", always));
                        queries.add(new Query(words, shop, cell, state, "", period));
                    }
                }
            }
            queries.add(new Query(words, "", "", "", "bike-2", always));
            queries.add(new Query(words, "shop-1", "", "done", "bike-2", period));
        }
        return queries;
    }
}
