package dynoai.bench;

import java.nio.file.Path;

/** One fold in a JVM of its own, so that a cold start is measured as a process: {@code NAME THREADS LOG}. */
final class OneFold {
    static final String ENGINE = "engine";
    static final String DUCKDB = "duckdb";
    static final String FASTCSV = "fastcsv";

    private OneFold() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[1]);
        try (Contender contender = contender(args[0], threads)) {
            contender.run(Path.of(args[2]));
        }
    }

    private static Contender contender(String name, int threads) throws Exception {
        return switch (name) {
            case ENGINE -> new EngineFold(threads);
            case DUCKDB -> new DuckDbFold(threads);
            case FASTCSV -> new FastCsvFold();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
