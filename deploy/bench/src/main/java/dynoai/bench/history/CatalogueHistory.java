package dynoai.bench.history;

import dynoai.bench.Target;
import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueAddress;
import dynoai.catalogue.run.Query;
import dynoai.catalogue.run.RunLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Measures a catalogue that grows from a size to the next, through the methods that the page and the feeds use. */
public final class CatalogueHistory {
    private static final int PAGE = 50;
    private static final int BATCH = 1_000;
    private static final int ROUNDS = 3;
    private static final int ROUNDS_OF_ONE = 101;
    private static final double MAX_FIRST_PAGE_MILLIS = 20;
    private static final double MAX_FILTER_MILLIS = 100;
    private static final double MAX_GROWTH = 1.25;

    private final String name;
    private final Catalogue catalogue;
    private final Map<String, double[]> figures = new LinkedHashMap<>();
    private final int[] sizes;
    private final String[] slowest;
    private int known;

    private interface Work {
        void run() throws IOException;
    }

    /** A time in ms and what took it. */
    private record Slowest(double millis, String what) {
        Slowest or(double other, Object query) {
            return other > millis ? new Slowest(other, query.toString()) : this;
        }
    }

    private CatalogueHistory(String name, Catalogue catalogue, int[] sizes) {
        this.name = name;
        this.catalogue = catalogue;
        this.sizes = sizes.clone();
        this.slowest = new String[sizes.length];
    }

    /**
     * Fills an empty catalogue.
     *
     * @param name of the database
     * @param sizes numbers of runs, ascending
     * @throws IllegalArgumentException if the catalogue has runs
     */
    public static CatalogueHistory measure(String name, CatalogueAddress address, int... sizes) throws IOException {
        try (Catalogue catalogue = Catalogue.open(address)) {
            if (!catalogue.summary().states().isEmpty()) {
                throw new IllegalArgumentException(address + " is not empty");
            }
            CatalogueHistory history = new CatalogueHistory(name, catalogue, sizes);
            for (int i = 0; i < sizes.length; i++) {
                history.fill(i);
                if (i == 0) { // Warms up.
                    history.one(i);
                    history.read(i);
                }
                history.one(i);
                history.read(i);
            }
            return history;
        }
    }

    /** Returns the figures of all sizes, by what was measured. */
    public Map<String, String> figures() {
        Map<String, String> texts = new LinkedHashMap<>();
        figures.forEach((what, values) -> texts.put(
                name + ", " + what,
                Arrays.stream(values)
                        .mapToObj(value -> String.format(Locale.ROOT, "%.2f", value))
                        .collect(Collectors.joining("; "))));
        for (int i = 0; i < sizes.length; i++) {
            texts.put(name + ", slowest with " + sizes[i] + " runs", slowest[i]);
        }
        return texts;
    }

    public List<Target> targets() {
        int last = sizes.length - 1;
        String with = " with " + sizes[last] + " runs";
        double[] one = values("one new run, ms");
        return List.of(
                Target.atMost(
                        name + ", first page" + with, values("first page, ms")[last], MAX_FIRST_PAGE_MILLIS, "ms"),
                Target.atMost(
                        name + ", slowest filter" + with, values("slowest filter, ms")[last], MAX_FILTER_MILLIS, "ms"),
                Target.atMost(
                        name + ", slowest search" + with, values("slowest search, ms")[last], MAX_FILTER_MILLIS, "ms"),
                Target.atMost(
                        name + ", one new run" + with + " over " + sizes[0], one[last] / one[0], MAX_GROWTH, "×"));
    }

    private double[] values(String what) {
        return figures.computeIfAbsent(what, key -> new double[sizes.length]);
    }

    private void fill(int step) throws IOException {
        int before = known;
        long started = System.nanoTime();
        for (; known < sizes[step]; known = Math.min(sizes[step], known + BATCH)) {
            catalogue.put(MadeRuns.of(known, Math.min(sizes[step], known + BATCH)));
        }
        values("one of " + BATCH + " runs written together, ms")[step] =
                (System.nanoTime() - started) / 1e6 / (sizes[step] - before);
    }

    private void one(int step) throws IOException {
        values("one new run, ms")[step] = median(ROUNDS_OF_ONE, () -> catalogue.put(MadeRuns.of(known, ++known)));
    }

    private void read(int step) throws IOException {
        values("first page, ms")[step] = median(ROUNDS_OF_ONE, () -> {
            catalogue.summary();
            page(Query.ALL, 0);
        });
        values("page in the middle of all runs, ms")[step] = median(ROUNDS, () -> page(Query.ALL, known / 2));
        RunLine middle = MadeRuns.run(known / 2);
        Query cell = new Query("", middle.shop(), middle.cell(), "done", "", Query.Period.ALWAYS);
        values("history of a cell, ms")[step] = median(ROUNDS, () -> {
            catalogue.newer(cell, middle, PAGE);
            catalogue.older(cell, middle, PAGE);
        });
        values("comparable runs of a cell and a vehicle, ms")[step] =
                median(ROUNDS, () -> catalogue.comparable(middle, PAGE));
        values("all shops with their counts, ms")[step] = median(ROUNDS, () -> catalogue.shops(""));
        values("names of shops and cells, ms")[step] = median(ROUNDS, () -> {
            catalogue.shopNames(PAGE);
            catalogue.cellNames("", PAGE);
        });
        Slowest filter = slowest(List.of(""));
        values("slowest filter, ms")[step] = filter.millis;
        Slowest search = slowest(words());
        values("slowest search, ms")[step] = search.millis;
        slowest[step] = filter.what + "; " + search.what;
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        values("heap in use, MiB")[step] = (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
        values("resident memory of the benchmark, MiB")[step] = residentMebibytes();
    }

    private List<String> words() {
        return List.of(
                "pull",
                "not_text",
                "no_rows pull",
                "no_rows pull-7 unusable",
                MadeRuns.run(known / 3).runId(),
                "a1",
                "pull a1",
                "nothing-like-it");
    }

    /** Measures every combination of filters once, and again if it may be the slowest. */
    private Slowest slowest(List<String> words) throws IOException {
        Slowest worst = new Slowest(0, "");
        for (String some : words) {
            for (String shop : List.of("", MadeRuns.LARGE_SHOP, MadeRuns.SMALL_SHOP)) {
                for (String cell : List.of("", MadeRuns.CELL)) {
                    for (String state : List.of("", "done", "failed", Query.WARNING)) {
                        for (String vehicle : List.of("", MadeRuns.VEHICLE, MadeRuns.RARE_VEHICLE)) {
                            for (Query.Period period : periods()) {
                                Query query = new Query(some, shop, cell, state, vehicle, period);
                                if (median(1, () -> page(query, 0)) > worst.millis) {
                                    worst = worst.or(median(ROUNDS, () -> page(query, 0)), query);
                                }
                            }
                        }
                    }
                }
            }
        }
        return worst;
    }

    private List<Query.Period> periods() {
        long end = MadeRuns.FIRST_MILLIS + known * MadeRuns.EVERY_MILLIS;
        return List.of(
                Query.Period.ALWAYS,
                new Query.Period(end - Duration.ofDays(7).toMillis(), end),
                new Query.Period(MadeRuns.FIRST_MILLIS, (MadeRuns.FIRST_MILLIS + end) / 2));
    }

    private void page(Query query, long offset) throws IOException {
        catalogue.count(query);
        catalogue.list(query, offset, PAGE);
    }

    private static double median(int rounds, Work work) throws IOException {
        double[] millis = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long started = System.nanoTime();
            work.run();
            millis[i] = (System.nanoTime() - started) / 1e6;
        }
        Arrays.sort(millis);
        return millis[rounds / 2];
    }

    private static double residentMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        return Double.NaN;
    }
}
