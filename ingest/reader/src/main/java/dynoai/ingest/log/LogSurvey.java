package dynoai.ingest.log;

import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.text.AsciiText;
import dynoai.ingest.log.text.LogHead;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.log.RowBlock;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log's rows until every decision that depends on values is made. In a sound log the first {@value #FIRST_ROWS} rows are
 * enough: they alone decide the median step of the clock and, if 1 row in 20 is complete there, that the log is not sparse.
 */
final class LogSurvey {
    private static final int FIRST_ROWS = RowBlock.MAX_ROWS;
    private static final int MIN_ROWS_FOR_A_STEP = 21;
    private static final double MAX_STEP_SECONDS = 5;
    private static final int ROWS_FOR_ONE_COMPLETE = 20;

    private final LogSource source;
    private final LogHead head;
    private final ColumnChoice choice;
    private final UnitRules units;
    private final boolean hitsAsked;
    private final @Nullable Decisions sparse;
    private final SlotMap slots;
    private final Map<Integer, MixtureSurvey> mixtures = new LinkedHashMap<>();
    /** Slots of which a complete row has one of each group. */
    private final int[][] needed;

    private final boolean[] neededSeen;
    private final double[] steps = new double[FIRST_ROWS];
    private int stepCount;
    private double lastTime = Double.NaN;

    private long dataRows;
    private long completeRows;
    private boolean completeAtFirst;
    private double highestRpm = Double.NEGATIVE_INFINITY;
    private double highestKpa = Double.NEGATIVE_INFINITY;
    private double highestKpaWithLoad = Double.NEGATIVE_INFINITY;
    private boolean anyLoad;

    LogSurvey(LogSource source, LogHead head, ColumnChoice choice, UnitRules units, AnalysisOptions options) {
        this(source, head, choice, units, options.weighsByHits(), null);
    }

    /** @param sparse what was decided about a sparse log, whose values are carried on; null for the first survey */
    private LogSurvey(
            LogSource source,
            LogHead head,
            ColumnChoice choice,
            UnitRules units,
            boolean hitsAsked,
            @Nullable Decisions sparse) {
        this.source = source;
        this.head = head;
        this.choice = choice;
        this.units = units;
        this.hitsAsked = hitsAsked;
        this.sparse = sparse;
        List<Integer> read = new ArrayList<>(List.of(
                choice.column(Channel.RPM),
                choice.column(Channel.MAP_KPA),
                choice.column(Channel.TORQUE_FTLB),
                choice.column(Channel.POWER_HP)));
        if (units.converts()) {
            read.add(choice.column(Channel.TIME_SECONDS));
            for (Cylinder cylinder : Cylinder.values()) {
                mixtures(List.of(choice.column(Channel.commandedAfr(cylinder))), true);
                mixtures(choice.replacements(Channel.commandedAfr(cylinder)), true);
                mixtures(choice.measured(cylinder), false);
                mixtures(choice.lambdas(cylinder), false);
            }
        }
        read.addAll(mixtures.keySet());
        this.slots = SlotMap.of(read);
        this.needed = needed();
        this.neededSeen = new boolean[needed.length];
    }

    /** Surveys a log to the end of its decisions; a sparse one again, with its values carried on. */
    static LogSurvey of(
            LogSource source,
            LogHead head,
            ColumnChoice choice,
            UnitRules units,
            AnalysisOptions options,
            int chunkBytes)
            throws IOException, LogRejectedException {
        LogSurvey survey = new LogSurvey(source, head, choice, units, options);
        survey.run(chunkBytes);
        Decisions decisions = survey.decisions();
        if (!decisions.sparse()) {
            return survey;
        }
        LogSurvey carried = new LogSurvey(source, head, choice, units, options.weighsByHits(), decisions);
        carried.run(chunkBytes);
        return carried;
    }

    private void mixtures(List<Integer> columns, boolean target) {
        for (int column : columns) {
            if (column >= 0 && !mixtures.containsKey(column)) {
                String header = head.columns().get(column);
                mixtures.put(
                        column, new MixtureSurvey(header, choice.units().get(column), choice.isLambda(column), target));
            }
        }
    }

    private int[][] needed() {
        List<List<Integer>> groups = new ArrayList<>();
        groups.add(List.of(choice.column(Channel.RPM)));
        groups.add(List.of(choice.column(Channel.MAP_KPA)));
        if (!hitsAsked) {
            groups.add(List.of(choice.column(Channel.TORQUE_FTLB), choice.column(Channel.POWER_HP)));
        }
        for (Cylinder cylinder : Cylinder.values()) {
            List<Integer> measured = new ArrayList<>(choice.measured(cylinder));
            measured.addAll(choice.lambdas(cylinder));
            if (!measured.isEmpty()) {
                groups.add(measured);
                Channel afr = Channel.commandedAfr(cylinder);
                List<Integer> commanded = new ArrayList<>(choice.replacements(afr));
                commanded.add(choice.column(afr));
                groups.add(commanded);
                break;
            }
        }
        return groups.stream()
                .map(columns -> columns.stream()
                        .mapToInt(slots::slotOf)
                        .filter(slot -> slot >= 0)
                        .toArray())
                .filter(group -> group.length > 0)
                .toArray(int[][]::new);
    }

    private void run(int chunkBytes) throws IOException, LogRejectedException {
        int timeSlot = slots.slotOf(choice.column(Channel.TIME_SECONDS));
        // The first survey looks at plain numbers only: clock times are in seconds.
        RowParser parser = new RowParser(head.delimiter(), units.decimalComma(), slots, sparse == null ? -1 : timeSlot);
        RawBlock block = new RawBlock(slots.count(), false);
        CarriedValues carried = sparse == null
                ? null
                : new CarriedValues(slots.count(), timeSlot, units.timeInMilliseconds() || sparse.timeInMilliseconds());
        parser.parse(source, head, chunkBytes, block, parsed -> {
            if (carried != null) {
                carried.fill(parsed);
            }
            observe(parsed);
            return !isDecided();
        });
    }

    private void observe(RawBlock block) {
        observeLoad(block);
        if (units.converts() && sparse == null) {
            observeFirstRows(block);
        }
        dataRows += block.rows;
        mixtures.forEach((column, survey) -> survey.observe(block.values[slots.slotOf(column)], block.rows));
    }

    private void observeLoad(RawBlock block) {
        double[] rpm = values(block, choice.column(Channel.RPM));
        double[] kpa = values(block, choice.column(Channel.MAP_KPA));
        double[] torque = values(block, choice.column(Channel.TORQUE_FTLB));
        double[] power = values(block, choice.column(Channel.POWER_HP));
        double factor = units.factor(Channel.MAP_KPA);
        for (int i = 0; i < block.rows; i++) {
            anyLoad |= torque != null && torque[i] > 0 || power != null && power[i] > 0;
            if (rpm == null || kpa == null || Double.isNaN(rpm[i]) || Double.isNaN(kpa[i])) {
                continue;
            }
            highestRpm = Math.max(highestRpm, rpm[i]);
            highestKpa = Math.max(highestKpa, kpa[i] * factor);
            boolean derivable = power != null && !Double.isNaN(power[i]) && rpm[i] > 0;
            if (torque != null && !Double.isNaN(torque[i]) || derivable) {
                highestKpaWithLoad = Math.max(highestKpaWithLoad, kpa[i] * factor);
            }
        }
    }

    /** Looks at the steps of the clock and at complete rows, until the first rows are enough. */
    private void observeFirstRows(RawBlock block) {
        double[] time = units.timeIsUnmarked() ? values(block, choice.column(Channel.TIME_SECONDS)) : null;
        for (int i = 0; i < block.rows && !completeAtFirst; i++) {
            long row = dataRows + i;
            if (time != null && row < FIRST_ROWS && !Double.isNaN(time[i])) {
                if (!Double.isNaN(lastTime)) {
                    steps[stepCount++] = time[i] - lastTime;
                }
                lastTime = time[i];
            }
            boolean complete = true;
            for (int group = 0; group < needed.length; group++) {
                boolean present = hasValue(block, needed[group], i);
                neededSeen[group] |= present;
                complete &= present;
            }
            completeRows += complete ? 1 : 0;
            completeAtFirst = row == FIRST_ROWS - 1 && completeRows * ROWS_FOR_ONE_COMPLETE >= FIRST_ROWS;
        }
    }

    private static boolean hasValue(RawBlock block, int[] group, int row) {
        for (int slot : group) {
            if (!Double.isNaN(block.values[slot][row])) {
                return true;
            }
        }
        return false;
    }

    private double @Nullable [] values(RawBlock block, int column) {
        int slot = slots.slotOf(column);
        return slot < 0 ? null : block.values[slot];
    }

    private boolean isDecided() {
        boolean weightDecided = anyLoad || hitsAsked || !hasLoadColumn();
        double highest = weightsByHits() ? highestKpa : highestKpaWithLoad;
        return dataRows > 0
                && (!units.converts() || sparse != null || completeAtFirst)
                && weightDecided
                && highestRpm >= UnitRules.MIN_PLAUSIBLE_RPM
                && (highest >= UnitRules.MIN_PLAUSIBLE_KPA || units.isMapConverted())
                && mixtures.values().stream().allMatch(MixtureSurvey::isDecided)
                && isDecided(choice.measured(Cylinder.FRONT))
                && isDecided(choice.measured(Cylinder.REAR));
    }

    private boolean isDecided(List<Integer> candidates) {
        return candidates.isEmpty() || hasValidAfr(candidates.get(0));
    }

    boolean hasRows() {
        return dataRows > 0;
    }

    private boolean hasLoadColumn() {
        return choice.has(Channel.TORQUE_FTLB) || choice.has(Channel.POWER_HP);
    }

    private boolean weightsByHits() {
        return units.converts() && (hitsAsked || !anyLoad);
    }

    Decisions decisions() {
        boolean rpmInThousands = units.converts() && highestRpm > 0 && highestRpm < UnitRules.MIN_PLAUSIBLE_RPM;
        return new Decisions(
                rpmInThousands,
                sparse == null ? hasStepsOfMilliseconds() : sparse.timeInMilliseconds(),
                weightsByHits(),
                sparse != null || isSparse(),
                held());
    }

    /** Returns what the columns of mixtures hold; in the replay version each holds what it is called. */
    private Map<Integer, Mixture> held() {
        Map<Integer, Mixture> held = new HashMap<>();
        mixtures.forEach((column, survey) -> held.put(column, survey.mixture()));
        if (!units.converts()) {
            choice.lambdaColumns().forEach(column -> held.put(column, Mixture.LAMBDA));
        }
        return held;
    }

    private boolean hasStepsOfMilliseconds() {
        if (dataRows < MIN_ROWS_FOR_A_STEP || stepCount == 0) {
            return false;
        }
        double[] sorted = Arrays.copyOf(steps, stepCount);
        Arrays.sort(sorted);
        int middle = stepCount / 2;
        double median = stepCount % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return median > MAX_STEP_SECONDS;
    }

    private boolean isSparse() {
        if (!units.converts() || completeAtFirst || completeRows * ROWS_FOR_ONE_COMPLETE >= dataRows) {
            return false;
        }
        for (boolean seen : neededSeen) {
            if (!seen) {
                return false;
            }
        }
        return true;
    }

    /** Whether a candidate for the measured AFR has a valid value in any row. */
    boolean hasValidAfr(int column) {
        MixtureSurvey mixture = mixtures.get(column);
        return mixture != null && mixture.hasValidValue();
    }

    /** Returns the rejection of a log whose manifold pressure is too low to be in kPa, or null. */
    @Nullable
    Rejection implausibleMap() {
        double highest = weightsByHits() ? highestKpa : highestKpaWithLoad;
        boolean anyProcessed = highest != Double.NEGATIVE_INFINITY;
        if (!units.converts()
                || units.mapUnitGiven()
                || units.isMapConverted()
                || !anyProcessed
                || highest >= UnitRules.MIN_PLAUSIBLE_KPA) {
            return null;
        }
        return Rejection.of(
                FailureCode.UNIT_SUSPECT,
                source.name(),
                0,
                "'" + AsciiText.trim(head.columns().get(choice.column(Channel.MAP_KPA))) + "'",
                "the highest value of the whole log is " + highest + ", which is too low for kPa",
                "absolute manifold pressure in kPa, which reaches " + (int) UnitRules.MIN_PLAUSIBLE_KPA
                        + " kPa and more on any running engine under load",
                "if the column is in inches of mercury, say --map-unit inhg, in psi --map-unit psi, in bar"
                        + " --map-unit bar; if it really is in kPa, say --map-unit kpa");
    }

    /**
     * What only values can decide about a log.
     *
     * @param rpmInThousands whether engine speed is in thousands of rpm
     * @param timeInMilliseconds whether the median step of an unmarked clock is one of milliseconds
     * @param weightsByHits whether every row weighs 1.0 and needs no torque
     * @param sparse whether each channel is on rows of its own
     * @param mixtures what the columns of commanded and measured mixtures hold, by column
     */
    record Decisions(
            boolean rpmInThousands,
            boolean timeInMilliseconds,
            boolean weightsByHits,
            boolean sparse,
            Map<Integer, Mixture> mixtures) {
        Mixture mixture(int column) {
            return mixtures.getOrDefault(column, Mixture.AFR);
        }
    }
}
