package dynoai.ingest.log;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a header by channel. The measured AFR of a Power Vision or generic log may have several candidates; the survey
 * chooses the first that has a valid value.
 */
record ColumnChoice(
        Map<Channel, Integer> columns,
        List<Integer> measuredFront,
        List<Integer> measuredRear,
        List<Integer> lambdaTargets,
        List<Integer> lambdaFront,
        List<Integer> lambdaRear) {
    private static final List<String> TARGET_WORDS = List.of("desired", "target", "cmd", "command");
    private static final List<String> REPLAY_TARGET_WORDS = List.of("desired", "target", "cmd");
    private static final List<String> NOT_MEASURED =
            List.of("integrator", "trim", "correction", "error", "status", "learn", "adapt", "warm");

    /** @param replay whether to choose as the historical toolkit did */
    static ColumnChoice of(List<String> columns, LogFormat format, boolean replay) {
        Builder builder = new Builder(new ColumnSearch(columns), format, replay);
        return format.isReadAsWinpep() ? builder.winpep() : builder.powervision();
    }

    /** Returns the channel's column, or -1. */
    int column(Channel channel) {
        return columns.getOrDefault(channel, -1);
    }

    boolean has(Channel channel) {
        return columns.containsKey(channel);
    }

    /** Returns the columns of all channels, candidates and lambdas included. */
    List<Integer> allColumns() {
        List<Integer> all = new ArrayList<>(columns.values());
        List.of(measuredFront, measuredRear, lambdaTargets, lambdaFront, lambdaRear)
                .forEach(all::addAll);
        return all;
    }

    /** Returns this choice with the measured AFR columns of the survey; -1 stands for none. */
    ColumnChoice withMeasured(int front, int rear) {
        Map<Channel, Integer> chosen = new EnumMap<>(columns);
        put(chosen, Channel.MEASURED_AFR_FRONT, front);
        put(chosen, Channel.MEASURED_AFR_REAR, rear);
        return new ColumnChoice(chosen, List.of(), List.of(), lambdaTargets, lambdaFront, lambdaRear);
    }

    private static void put(Map<Channel, Integer> columns, Channel channel, int column) {
        if (column >= 0) {
            columns.put(channel, column);
        }
    }

    private static final class Builder {
        private final ColumnSearch search;
        private final boolean replay;
        private final Map<Channel, Integer> columns = new EnumMap<>(Channel.class);
        private final Set<Integer> taken = new HashSet<>();

        Builder(ColumnSearch search, LogFormat format, boolean replay) {
            this.search = search;
            this.replay = replay;
            search
                    .where(header ->
                            header.startsWith("timestamp") || header.startsWith("time") || header.startsWith("elapsed"))
                    .stream()
                    .findFirst()
                    .ifPresent(column -> columns.put(Channel.TIME_SECONDS, column));
            find(Channel.RPM, ColumnNames.rpm(format));
            find(Channel.MAP_KPA, ColumnNames.kpa(format));
            find(Channel.TORQUE_FTLB, ColumnNames.torque(format));
            find(Channel.POWER_HP, asKnown(ColumnNames.power(format)));
            find(Channel.IAT_FAHRENHEIT, ColumnNames.iat(format));
            find(Channel.BATTERY_VOLTS, ColumnNames.battery(format));
            find(Channel.THROTTLE_PERCENT, ColumnNames.tps(format));
        }

        ColumnChoice winpep() {
            put(columns, Channel.COMMANDED_AFR_FRONT, take(ColumnNames.winpepCommanded("f")));
            put(columns, Channel.COMMANDED_AFR_REAR, take(ColumnNames.winpepCommanded("r")));
            List<Integer> measuredFront = one(take(ColumnNames.winpepMeasured("f")));
            List<Integer> measuredRear = one(take(ColumnNames.winpepMeasured("r")));
            int knockFront = take(ColumnNames.winpepKnock("f"));
            int knockRear = take(ColumnNames.winpepKnock("r"));
            List<Integer> bare = search.where("knock"::equals);
            if (knockFront < 0 && knockRear < 0 && !replay && !bare.isEmpty()) {
                knockFront = bare.get(0);
                knockRear = bare.get(0);
            }
            put(columns, Channel.KNOCK_RETARD_FRONT_DEG, knockFront);
            put(columns, Channel.KNOCK_RETARD_REAR_DEG, knockRear);
            return new ColumnChoice(columns, measuredFront, measuredRear, List.of(), List.of(), List.of());
        }

        ColumnChoice powervision() {
            int commanded = take(ColumnNames.commanded());
            put(columns, Channel.COMMANDED_AFR_FRONT, commanded);
            put(columns, Channel.COMMANDED_AFR_REAR, commanded);
            List<Integer> front = search.all(asKnown(ColumnNames.measuredFront()), taken);
            List<Integer> targets =
                    search.where(header -> isLambdaTarget(header, replay ? REPLAY_TARGET_WORDS : TARGET_WORDS));
            if (replay) {
                List<Integer> lambdas = search.where(header -> header.contains("lambda"));
                return new ColumnChoice(columns, front, List.of(), targets, lambdas, List.of());
            }
            find(Channel.KNOCK_RETARD_FRONT_DEG, ColumnNames.knock("front"));
            find(Channel.KNOCK_RETARD_REAR_DEG, ColumnNames.knock("rear"));
            return new ColumnChoice(
                    columns,
                    front,
                    search.all(ColumnNames.measuredRear(), taken),
                    targets,
                    search.where(header -> isMeasuredLambda(header) && !isRear(header)),
                    search.where(header -> isMeasuredLambda(header) && isRear(header)));
        }

        /** The toolkit did not have the weak names of power and of the measured front AFR. */
        private ColumnNames asKnown(ColumnNames names) {
            return replay ? names.strongOnly() : names;
        }

        private void find(Channel channel, ColumnNames names) {
            put(columns, channel, search.first(names, Set.of()));
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
}
