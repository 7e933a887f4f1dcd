package dynoai.ingest.log;

import dynoai.schemas.log.LogFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a header serve which channels; -1 stands for none. The measured AFR of a Power Vision or generic log
 * may have several candidates, of which the survey takes the first that has any valid value.
 */
record ColumnChoice(
        int time,
        int rpm,
        int kpa,
        int torque,
        int power,
        int commandedFront,
        int commandedRear,
        List<Integer> measuredFront,
        List<Integer> measuredRear,
        int knockFront,
        int knockRear,
        int iat,
        int battery,
        int tps,
        List<Integer> lambdaTargets,
        List<Integer> lambdaFront,
        List<Integer> lambdaRear) {

    private static final List<String> TARGET_WORDS = List.of("desired", "target", "cmd", "command");
    private static final List<String> REPLAY_TARGET_WORDS = List.of("desired", "target", "cmd");
    private static final List<String> NOT_MEASURED =
            List.of("integrator", "trim", "correction", "error", "status", "learn", "adapt", "warm");

    /** @param replay whether to choose as the historical toolkit did */
    static ColumnChoice of(List<String> columns, LogFormat format, boolean replay) {
        ColumnSearch search = new ColumnSearch(columns);
        Builder builder = new Builder(search, format, replay);
        return format.isReadAsWinpep() ? builder.winpep() : builder.powervision();
    }

    private static final class Builder {
        private final ColumnSearch search;
        private final LogFormat format;
        private final boolean replay;
        private final Set<Integer> taken = new HashSet<>();

        Builder(ColumnSearch search, LogFormat format, boolean replay) {
            this.search = search;
            this.format = format;
            this.replay = replay;
        }

        ColumnChoice winpep() {
            int commandedFront = take(ColumnNames.winpepCommanded("f"));
            int commandedRear = take(ColumnNames.winpepCommanded("r"));
            int measuredFront = take(ColumnNames.winpepMeasured("f"));
            int measuredRear = take(ColumnNames.winpepMeasured("r"));
            int knockFront = take(ColumnNames.winpepKnock("f"));
            int knockRear = take(ColumnNames.winpepKnock("r"));
            if (knockFront < 0 && knockRear < 0 && !replay) {
                List<Integer> bare = search.where("knock"::equals);
                if (!bare.isEmpty()) {
                    knockFront = bare.get(0);
                    knockRear = bare.get(0);
                }
            }
            return choice(
                    commandedFront,
                    commandedRear,
                    one(measuredFront),
                    one(measuredRear),
                    knockFront,
                    knockRear,
                    List.of(),
                    List.of(),
                    List.of());
        }

        ColumnChoice powervision() {
            int commanded = take(ColumnNames.commanded());
            List<Integer> front = search.all(asKnown(ColumnNames.measuredFront()), taken);
            List<Integer> rear = replay ? List.of() : search.all(ColumnNames.measuredRear(), taken);
            List<Integer> lambdas = search.where(header -> header.contains("lambda"));
            List<Integer> targets =
                    search.where(header -> isLambdaTarget(header, replay ? REPLAY_TARGET_WORDS : TARGET_WORDS));
            List<Integer> lambdaFront = lambdas;
            List<Integer> lambdaRear = List.of();
            if (!replay) {
                lambdaFront = search.where(header -> isMeasuredLambda(header) && !isRear(header));
                lambdaRear = search.where(header -> isMeasuredLambda(header) && isRear(header));
            }
            int knockFront = replay ? -1 : search.first(ColumnNames.knock("front"), Set.of());
            int knockRear = replay ? -1 : search.first(ColumnNames.knock("rear"), Set.of());
            return choice(commanded, commanded, front, rear, knockFront, knockRear, targets, lambdaFront, lambdaRear);
        }

        private ColumnChoice choice(
                int commandedFront,
                int commandedRear,
                List<Integer> measuredFront,
                List<Integer> measuredRear,
                int knockFront,
                int knockRear,
                List<Integer> lambdaTargets,
                List<Integer> lambdaFront,
                List<Integer> lambdaRear) {
            List<Integer> times = search.where(header ->
                    header.startsWith("timestamp") || header.startsWith("time") || header.startsWith("elapsed"));
            return new ColumnChoice(
                    times.isEmpty() ? -1 : times.get(0),
                    find(ColumnNames.rpm(format)),
                    find(ColumnNames.kpa(format)),
                    find(ColumnNames.torque(format)),
                    find(asKnown(ColumnNames.power(format))),
                    commandedFront,
                    commandedRear,
                    measuredFront,
                    measuredRear,
                    knockFront,
                    knockRear,
                    find(ColumnNames.iat(format)),
                    find(ColumnNames.battery(format)),
                    find(ColumnNames.tps(format)),
                    lambdaTargets,
                    lambdaFront,
                    lambdaRear);
        }

        /** The weak names that the toolkit did not have are all those of power and of the measured front AFR. */
        private ColumnNames asKnown(ColumnNames names) {
            return replay ? names.strongOnly() : names;
        }

        private int find(ColumnNames names) {
            return search.first(names, Set.of());
        }

        private int take(ColumnNames names) {
            int column = search.first(names, taken);
            taken.add(column);
            return column;
        }

        private static List<Integer> one(int column) {
            return column < 0 ? List.of() : List.of(column);
        }

        private static boolean isLambdaTarget(String header, List<String> words) {
            return header.contains("lambda") && ColumnSearch.containsAny(header, words);
        }

        private static boolean isMeasuredLambda(String header) {
            return header.contains("lambda")
                    && !ColumnSearch.containsAny(header, TARGET_WORDS)
                    && !ColumnSearch.containsAny(header, NOT_MEASURED);
        }

        private static boolean isRear(String header) {
            return header.contains("rear") || header.endsWith(" 2");
        }
    }

    /** Every column that answers to any channel. */
    List<Integer> allColumns() {
        List<Integer> all = new ArrayList<>(List.of(
                time,
                rpm,
                kpa,
                torque,
                power,
                commandedFront,
                commandedRear,
                knockFront,
                knockRear,
                iat,
                battery,
                tps));
        all.addAll(measuredFront);
        all.addAll(measuredRear);
        all.addAll(lambdaTargets);
        all.addAll(lambdaFront);
        all.addAll(lambdaRear);
        return all;
    }

    /** This choice with the measured AFR columns that turned out to have values. */
    ColumnChoice withMeasured(int front, int rear) {
        return new ColumnChoice(
                time,
                rpm,
                kpa,
                torque,
                power,
                commandedFront,
                commandedRear,
                Builder.one(front),
                Builder.one(rear),
                knockFront,
                knockRear,
                iat,
                battery,
                tps,
                lambdaTargets,
                lambdaFront,
                lambdaRear);
    }

    int measuredFrontColumn() {
        return measuredFront.isEmpty() ? -1 : measuredFront.get(0);
    }

    int measuredRearColumn() {
        return measuredRear.isEmpty() ? -1 : measuredRear.get(0);
    }
}
