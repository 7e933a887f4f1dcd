package dynoai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogueTest extends CatalogueContract {
    @TempDir
    private Path folder;

    @Override
    CatalogueAddress emptyDatabase() {
        return new CatalogueAddress.File(folder.resolve("data/catalogue.db"));
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
    void fileDamagedWhileItIsOpen_isMadeAgain() throws Exception {
        // Given
        Path file = folder.resolve("open.db");
        CatalogueAddress address = new CatalogueAddress.File(file);
        try (Catalogue catalogue = Catalogue.open(address)) {
            for (int i = 0; i < 20; i++) {
                catalogue.put(List.of(reported(line("r" + i, RunState.DONE, i))));
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);

        // When
        try (Catalogue catalogue = Catalogue.at(address)) {
            for (int i = 0; i < 3; i++) {
                try {
                    catalogue.repair();
                    catalogue.put(List.of(reported(line("r1", RunState.DONE, 1))));
                } catch (CatalogueException ignored) {
                    continue; // As the dashboard does, which then repairs it.
                }
            }

            // Then
            assertThat(catalogue.list(Query.ALL, 0, 10)).hasSize(1);
        }
    }
}
