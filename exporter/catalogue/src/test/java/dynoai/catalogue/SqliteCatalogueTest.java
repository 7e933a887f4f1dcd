package dynoai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteCatalogueTest extends CatalogueContract {
    @TempDir
    private Path folder;

    @Override
    CatalogueAddress emptyDatabase() {
        return new CatalogueAddress.File(folder.resolve("data/catalogue.db"));
    }

    @Test
    void wordsInALargeShop_areFoundAndCounted_alsoIfOthersHaveMoreOfThem() throws Exception {
        // Given
        Path file = folder.resolve("shops.db");
        try (Catalogue catalogue = Catalogue.open(new CatalogueAddress.File(file))) {
            catalogue.put(IntStream.range(0, 16_000)
                    .mapToObj(i -> reported(RunLine.started(
                                    i < 5_100 ? "ab" : "other",
                                    "c1",
                                    "r" + i,
                                    (i % 500 == 0 || i >= 5_100 ? "special" : "usual") + i + ".csv",
                                    RunState.FOLDING,
                                    i)
                            .ended(RunState.DONE, i + 1, Notice.NONE)))
                    .toList());
            Query query = new Query("special", "ab", "", "", "", Query.Period.ALWAYS);

            // When
            Catalogue.Total total = catalogue.count(query);
            List<RunLine> found = catalogue.list(query, 0, 50);

            // Then
            assertThat(total).isEqualTo(new Catalogue.Total(11, true));
            assertThat(found).hasSize(11).allMatch(line -> line.shop().equals("ab"));
        }
    }

    @Test
    void damagedFile_isMadeAgain() throws Exception {
        // Given
        Path file = folder.resolve("damaged.db");
        Files.writeString(file, "this is not a database, and longer than its header of a hundred bytes".repeat(99));

        // When
        try (Catalogue catalogue = Catalogue.open(new CatalogueAddress.File(file))) {
            catalogue.put(List.of(reported(line("r1", RunState.DONE, 1))));

            // Then
            assertThat(catalogue.summary().states()).isEqualTo(Map.of(RunState.DONE, 1));
        }
    }

    @Test
    void deletedFile_isMadeAgainAndItsSourcesAreReadFromTheStart() throws Exception {
        // Given
        Path file = folder.resolve("deleted.db");
        try (Catalogue catalogue = Catalogue.open(new CatalogueAddress.File(file))) {
            catalogue.put(List.of(reported(line("r1", RunState.DONE, 1))));
            long before = catalogue.generation();
            CatalogueAddress.delete(file);

            // When
            catalogue.repair();

            // Then
            assertThat(catalogue.generation()).isNotEqualTo(before);
            assertThat(catalogue.list(Query.ALL, 0, 10)).isEmpty();
            assertThat(Files.exists(file)).isTrue();
        }
    }

    @Test
    void fileDamagedWhileItIsOpen_isMadeAgainOnceItIsRead() throws Exception {
        // Given: more runs than the connection has in memory
        Path file = folder.resolve("open.db");
        try (Catalogue catalogue = Catalogue.open(new CatalogueAddress.File(file))) {
            catalogue.put(IntStream.range(0, 3_000)
                    .mapToObj(i -> reported(line("r" + i, RunState.DONE, i)))
                    .toList());
            damage(file);
            damage(file.resolveSibling("open.db-wal"));

            // When
            Throwable failure = catchThrowable(() -> catalogue.list(Query.ALL, 0, 3_000));
            catalogue.repair();

            // Then
            assertThat(failure).isInstanceOf(CatalogueException.class);
            catalogue.put(List.of(reported(line("r1", RunState.DONE, 1))));
            assertThat(catalogue.list(Query.ALL, 0, 10)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', cell-1, done, bike-7, runs_by_vehicle",
        "'', cell-1, warning, bike-7, runs_by_vehicle",
        "shop-1, cell-1, done, bike-7, runs_by_shop_and_vehicle",
        "'', cell-1, warning, '', runs_warned_by_cell",
        "shop-1, cell-1, warning, '', runs_warned_by_shop_and_cell",
        "shop-1, '', warning, '', runs_warned_by_shop",
        "shop-1, cell-1, failed, '', runs_by_shop_cell_and_state"
    })
    void filter_usesTheIndexWithTheFewestRuns(String shop, String cell, String state, String vehicle, String index)
            throws Exception {
        // Given
        CatalogueAddress address = new CatalogueAddress.File(folder.resolve("plan.db"));
        QuerySql sql = QuerySql.of(
                new Query("", shop, cell, state, vehicle, Query.Period.ALWAYS), Long.MAX_VALUE, query -> 0, true);
        try (Database database = Database.open(address)) {
            // When
            List<String> plan = database.read(handle -> handle.createQuery(
                            "explain query plan select id from " + sql.from(50) + " order by id desc limit 50")
                    .bindMap(sql.values())
                    .map((row, context) -> row.getString("detail"))
                    .list());

            // Then
            assertThat(plan).singleElement().asString().contains(" INDEX " + index + " ");
        }
    }

    /** Overwrites all but the first page, in the same file. */
    private static void damage(Path file) throws IOException {
        byte[] bytes = new byte[(int) Files.size(file) - 4096];
        Arrays.fill(bytes, (byte) 0x5a);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), 4096);
        }
    }
}
