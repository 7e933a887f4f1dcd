package dynoai.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Options of the benchmark.
 *
 * @param rows sizes of the logs for the folds in one JVM
 * @param check whether to exit with 1 if a target is missed
 * @param processes whether to measure whole commands too
 */
record BenchOptions(List<Long> rows, boolean check, boolean processes) {
    static final String USAGE = """
            usage: deploy/bench/run [--rows N,N,…] [--huge] [--no-processes] [--check]
              --rows          log sizes in rows (20000,60000,200000,2000000)
              --huge          also a log of 20,000,000 rows
              --no-processes  only the folds
              --check         exit with 1 if a target is missed by more than noise""";

    private static final List<Long> DEFAULT_ROWS = List.of(20_000L, 60_000L, 200_000L, 2_000_000L);
    private static final long HUGE = 20_000_000L;

    static BenchOptions parse(String[] args) {
        List<Long> rows = new ArrayList<>(DEFAULT_ROWS);
        boolean huge = false;
        boolean check = false;
        boolean processes = true;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rows" -> {
                    if (++i == args.length) {
                        throw new IllegalArgumentException(USAGE);
                    }
                    rows = new ArrayList<>(
                            Arrays.stream(args[i].split(",")).map(Long::valueOf).toList());
                }
                case "--huge" -> huge = true;
                case "--check" -> check = true;
                case "--no-processes" -> processes = false;
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        if (huge) {
            rows.add(HUGE);
        }
        return new BenchOptions(rows, check, processes);
    }
}
