package dynoai.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the database of a catalogue is. */
public sealed interface CatalogueAddress {
    String POSTGRESQL = "jdbc:postgresql:";

    /** A SQLite file, used by one process. It is a cache: a missing or damaged file is made again. */
    record File(Path path) implements CatalogueAddress {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A PostgreSQL database, shared by processes.
     *
     * @param url of JDBC
     */
    record Server(String url) implements CatalogueAddress {
        /** Its parameters may have a password. */
        @Override
        public String toString() {
            int parameters = url.indexOf('?');
            return parameters < 0 ? url : url.substring(0, parameters);
        }
    }

    /** Returns the file of the node on a data directory. */
    static CatalogueAddress in(Path data) {
        return new File(data.resolve("catalogue.db"));
    }

    /** Deletes a SQLite file, and what SQLite keeps next to it. */
    static void delete(Path file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    /** @throws IllegalArgumentException if the text is not the JDBC URL of a PostgreSQL database */
    static CatalogueAddress ofUrl(String url) {
        if (!url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("the catalogue's address must begin with " + POSTGRESQL);
        }
        return new Server(url);
    }
}
