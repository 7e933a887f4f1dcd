package dynoai.ingest.log.column;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription.PassedOver;
import dynoai.schemas.log.LogFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a log by channel. A measured AFR has candidates until {@link #withMeasured} chooses the first that has a valid
 * value.
 *
 * @param headers of the log, by column
 * @param columns by channel; without those that have candidates
 * @param measured candidates for the measured AFR, best first; a column that is a candidate of both cylinders serves both or
 *     none
 * @param targets columns of commanded lambdas in file order
 * @param lambdas columns of measured lambdas in file order
 * @param shared columns of the front's measured AFR or lambda that also serve a rear cylinder without its own
 * @param units stated units by column
 * @param passedOver columns that would do as well or that resemble a channel without a column
 * @param scores how well each candidate fits, channel by channel, for people
 */
public record ColumnChoice(
        LogFormat format,
        List<String> headers,
        Map<Channel, Integer> columns,
        Map<Cylinder, List<Integer>> measured,
        Map<Cylinder, List<Integer>> targets,
        Map<Cylinder, List<Integer>> lambdas,
        Set<Integer> shared,
        Map<Integer, LogUnit> units,
        List<PassedOver> passedOver,
        List<String> scores) {

    /** Returns the channel's column, or -1. */
    public int column(Channel channel) {
        return columns.getOrDefault(channel, -1);
    }

    public boolean has(Channel channel) {
        return columns.containsKey(channel);
    }

    /** Returns the stated unit of the channel's column, or null. */
    public @Nullable LogUnit unit(Channel channel) {
        return units.get(column(channel));
    }

    public List<Integer> measured(Cylinder cylinder) {
        return of(measured, cylinder);
    }

    public List<Integer> lambdas(Cylinder cylinder) {
        return of(lambdas, cylinder);
    }

    /** Whether the column is called lambda, as a target or as measured. */
    public boolean isLambda(int column) {
        return lambdaColumns().contains(column);
    }

    /** Returns the columns that are called lambda. */
    public Set<Integer> lambdaColumns() {
        Set<Integer> all = new HashSet<>();
        targets.values().forEach(all::addAll);
        lambdas.values().forEach(all::addAll);
        return all;
    }

    private List<Integer> ownFirst(Channel channel, List<Integer> lambdas) {
        List<Integer> ordered = new ArrayList<>(lambdas);
        if (ordered.remove((Integer) column(channel))) {
            ordered.add(0, column(channel));
        }
        return ordered;
    }

    private static List<Integer> of(Map<Cylinder, List<Integer>> lists, Cylinder cylinder) {
        return lists.getOrDefault(cylinder, List.of());
    }

    /** Returns the columns of all channels, candidates and lambdas included. */
    public List<Integer> allColumns() {
        List<Integer> all = new ArrayList<>(columns.values());
        for (Map<Cylinder, List<Integer>> lists : List.of(measured, targets, lambdas)) {
            lists.values().forEach(all::addAll);
        }
        return all;
    }

    /** Returns this choice with the first candidate of each cylinder that has a valid AFR, else the first. */
    public ColumnChoice withMeasured(IntPredicate hasValidAfr) {
        Map<Channel, Integer> chosen = new EnumMap<>(Channel.class);
        chosen.putAll(columns);
        List<Integer> ofFront = measured(Cylinder.FRONT);
        int front = firstValid(ofFront, hasValidAfr);
        List<Integer> ofRear = measured(Cylinder.REAR).stream()
                .filter(column -> column == front || !ofFront.contains(column))
                .toList();
        int rear = firstValid(ofRear, hasValidAfr);
        if (front >= 0) {
            chosen.put(Channel.MEASURED_AFR_FRONT, front);
        }
        if (rear >= 0 && rear != front) {
            chosen.put(Channel.MEASURED_AFR_REAR, rear);
        }
        List<PassedOver> left = new ArrayList<>(passedOver);
        addPassedOver(left, Channel.MEASURED_AFR_FRONT, ofFront, front, hasValidAfr);
        addPassedOver(left, Channel.MEASURED_AFR_REAR, ofRear, rear, hasValidAfr);
        left.sort(Comparator.comparing(PassedOver::channel));
        return new ColumnChoice(
                format, headers, chosen, Map.of(), targets, lambdas, shared, units, List.copyOf(left), scores);
    }

    private void addPassedOver(
            List<PassedOver> left, Channel channel, List<Integer> candidates, int chosen, IntPredicate hasValidAfr) {
        boolean before = true;
        for (int column : candidates) {
            before &= column != chosen;
            if (column != chosen) {
                String reason = before && !hasValidAfr.test(column)
                        ? "it has no valid value"
                        : "'" + headers.get(chosen).strip() + "' comes before it";
                left.add(new PassedOver(channel, headers.get(column), reason));
            }
        }
    }

    private static int firstValid(List<Integer> candidates, IntPredicate hasValidAfr) {
        for (int column : candidates) {
            if (hasValidAfr.test(column)) {
                return column;
            }
        }
        return candidates.isEmpty() ? -1 : candidates.get(0);
    }

    /** Whether the front's measured AFR is the rear's value too. The measured columns must be chosen. */
    public boolean frontServesRear() {
        return isFrontShared()
                && !has(Channel.MEASURED_AFR_REAR)
                && lambdas(Cylinder.REAR).isEmpty();
    }

    /** Returns the lambda columns that replace an invalid AFR of a channel, the channel's own column first. */
    public List<Integer> replacements(Channel afr) {
        Cylinder cylinder = Objects.requireNonNull(afr.cylinder());
        if (afr.isCommandedAfr()) {
            return ownFirst(afr, of(targets, cylinder));
        }
        List<Integer> front = ownFirst(Channel.MEASURED_AFR_FRONT, lambdas(Cylinder.FRONT));
        if (cylinder == Cylinder.FRONT) {
            return front;
        }
        List<Integer> rear = ownFirst(afr, lambdas(Cylinder.REAR));
        boolean hasAfr = has(afr) && !rear.contains(column(afr));
        if (isFrontShared() && (rear.isEmpty() || !hasAfr)) {
            rear.addAll(front);
        }
        return rear;
    }

    private boolean isFrontShared() {
        if (has(Channel.MEASURED_AFR_FRONT)) {
            return shared.contains(column(Channel.MEASURED_AFR_FRONT));
        }
        return lambdas(Cylinder.FRONT).stream().anyMatch(shared::contains);
    }
}
