package dynoai.bench.history;

import dynoai.catalogue.CatalogueEntry;
import dynoai.catalogue.run.Findings;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Runs of a seed, one a minute. The largest of 1,000 shops has a tenth of all runs. A hundredth of the runs is of a vehicle that every shop
 * has had on its dyno.
 */
final class MadeRuns {
    static final String LARGE_SHOP = "shop-000";
    static final String SMALL_SHOP = "shop-700";
    static final String CELL = "cell-1";
    static final String VEHICLE = "demo-bike";
    static final String RARE_VEHICLE = SMALL_SHOP + "-bike-3";
    static final long FIRST_MILLIS = 1_700_000_000_000L;
    static final long EVERY_MILLIS = 60_000;

    private static final int SHOPS = 1_000;
    private static final int CELLS = 4;
    private static final int VEHICLES_PER_SHOP = 40;

    private MadeRuns() {}

    /** Returns the runs of a range of numbers. */
    static List<CatalogueEntry> of(int from, int until) {
        List<CatalogueEntry> runs = new ArrayList<>(until - from);
        for (int number = from; number < until; number++) {
            runs.add(CatalogueEntry.reported(run(number)));
        }
        return runs;
    }

    static RunLine run(int number) {
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        String shop = String.format(Locale.ROOT, "shop-%03d", (int) (SHOPS * Math.pow(random.nextDouble(), 3)));
        String cell = "cell-" + random.nextInt(CELLS);
        String file = shop + '/' + cell + "/Pull-" + random.nextInt(1_000) + "-" + Integer.toHexString(number) + ".csv";
        RunState state = state(random.nextInt(100));
        boolean done = state == RunState.DONE;
        String vehicle = random.nextInt(100) == 0 ? VEHICLE : shop + "-bike-" + random.nextInt(VEHICLES_PER_SHOP);
        long started = FIRST_MILLIS + number * EVERY_MILLIS;
        return new RunLine(
                shop,
                cell,
                "2026-03-01-" + Integer.toHexString(number),
                file,
                String.format(Locale.ROOT, "%064x", number),
                state,
                started,
                started + 4_000,
                done ? findings(vehicle, random) : Findings.NONE,
                done ? Notice.NONE : Notice.of(code(state, random), "line " + random.nextInt(50_000) + " is unusable"));
    }

    private static RunState state(int percent) {
        return percent < 90
                ? RunState.DONE
                : percent < 94 ? RunState.FAILED : percent < 97 ? RunState.REJECTED : RunState.DUPLICATE;
    }

    private static String code(RunState state, Random random) {
        return state == RunState.DUPLICATE ? "DUPLICATE" : random.nextInt(10) == 0 ? "NO_ROWS" : "NOT_TEXT";
    }

    private static Findings findings(String vehicle, Random random) {
        Findings.Delta delta =
                new Findings.Delta(random.nextDouble() * 7, 1, 40, 2, new Findings.Uncut(10.89, 4_500, 65));
        return new Findings(
                60_000,
                100_000,
                delta,
                delta,
                delta,
                random.nextInt(20) == 0 ? 1 : 0,
                7,
                "2.0.0",
                "winpep",
                vehicle,
                false);
    }
}
