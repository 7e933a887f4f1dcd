package dynoai.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A program that processes a log, or a lower bound for one. */
interface Contender extends AutoCloseable {
    String ENGINE = "engine";
    String DUCKDB = "duckdb";
    String FASTCSV = "fastcsv";
    String SHA_256 = "sha256";
    String NEWLINES = "newlines";

    static Contender named(String name, int threads) throws SQLException {
        return switch (name) {
            case ENGINE -> new EngineFold(threads);
            case DUCKDB -> new DuckDbFold(threads);
            case FASTCSV -> new FastCsvFold();
            case SHA_256 -> Baseline.sha256();
            case NEWLINES -> Baseline.newlines();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The name that {@link #named} takes. */
    String name();

    String title();

    int threads();

    /** Processes the whole log. Baselines only touch the bytes and return null. */
    @Nullable
    BenchResult run(Path log) throws Exception;

    @Override
    default void close() throws SQLException {}
}
