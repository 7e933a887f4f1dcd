package dynoai.ingest.log.column;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription.PassedOver;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import dynoai.schemas.run.FailureCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the columns of a log by the data in {@link LogFormats} and {@link ChannelRules} (spec section 2). */
public final class ColumnChooser {
    private static final List<String> TIME_BEGINS_WITH = List.of("timestamp", "time", "elapsed");
    private static final Set<String> TIME = Set.of("log time", "offset", "runtime", "seconds", "secl");
    private static final List<String> TARGET_WORDS = List.of("desired", "target", "cmd", "command");
    private static final List<String> NO_MEASURED_LAMBDA =
            List.of("integrator", "trim", "correction", "error", "status", "learn", "adapt", "warm");

    private final ColumnSearch search;
    private final List<String> headers;
    private final Map<Channel, Integer> given = new EnumMap<>(Channel.class);
    private final Map<Channel, Integer> columns = new EnumMap<>(Channel.class);
    private final Map<Cylinder, List<Integer>> measured = new EnumMap<>(Cylinder.class);
    private final Map<Cylinder, List<Integer>> targets = new EnumMap<>(Cylinder.class);
    private final Map<Cylinder, List<Integer>> lambdas = new EnumMap<>(Cylinder.class);
    private final Set<Integer> taken = new HashSet<>();
    private final List<PassedOver> passedOver = new ArrayList<>();
    private final List<String> scores = new ArrayList<>();

    private ColumnChooser(List<String> headers, List<String> unitsBelow, FormatDescription format) {
        this.headers = headers;
        search = new ColumnSearch(headers, unitsBelow, format);
    }

    /**
     * Chooses the columns of a log.
     *
     * @param log name of the log for messages
     * @param headerLine as it is in the log
     * @param headers the cells of the header line, unquoted
     * @param below the cells of the line under the header, which may be a units row; empty without a line
     * @param belowIsUnits whether that line cannot be a row
     * @throws LogRejectedException if an option names a column that the log does not have, or that has a wrong unit
     */
    public static ColumnChoice choose(
            String log,
            String headerLine,
            List<String> headers,
            List<String> below,
            boolean belowIsUnits,
            AnalysisOptions options)
            throws LogRejectedException {
        FormatDescription format = LogFormats.of(headerLine);
        if (options.mathVersion().isReplay()) {
            return ReplayColumns.choose(headers, format);
        }
        boolean isUnitsRow = belowIsUnits || new NamesAndUnits().isUnitsRow(headers, below, format);
        ColumnChooser chooser = new ColumnChooser(headers, isUnitsRow ? below : List.of(), format);
        chooser.give(log, options.columns());
        return chooser.choice();
    }

    private void give(String log, Map<String, String> given) throws LogRejectedException {
        for (Map.Entry<String, String> entry : given.entrySet()) {
            Channel channel = Objects.requireNonNull(Channel.ofKey(entry.getKey()));
            int column = column(entry.getValue());
            if (column < 0) {
                throw rejected(
                        log,
                        entry,
                        "the log has no column '" + entry.getValue() + "'",
                        "one of its " + MissingColumns.listed(headers));
            }
            HeaderName header = search.header(column);
            if (channel != Channel.TIME_SECONDS && !ChannelRules.of(channel).allowsUnit(header.unit())) {
                throw rejected(
                        log,
                        entry,
                        "the unit " + header.unitText() + " cannot be that of "
                                + ChannelRules.of(channel).title(),
                        "a unit of the channel, or none");
            }
            this.given.put(channel, column);
            taken.add(column);
        }
    }

    private int column(String wanted) {
        for (Map.Entry<Integer, HeaderName> header : search.headers().entrySet()) {
            if (header.getValue().header().strip().equalsIgnoreCase(wanted.strip())) {
                return header.getKey();
            }
        }
        return -1;
    }

    private static LogRejectedException rejected(
            String log, Map.Entry<String, String> given, String found, String accepted) {
        return new LogRejectedException(Rejection.of(
                FailureCode.MISSING_COLUMNS,
                log,
                0,
                given.getValue(),
                Option.COLUMNS.flag() + " " + given.getKey() + ": " + found,
                accepted,
                "correct the option, or leave it out to have the column found by its name"));
    }

    private ColumnChoice choice() {
        time();
        for (Channel channel : Channel.values()) {
            if (channel != Channel.TIME_SECONDS && channel.cylinder() == null) {
                single(channel);
            }
        }
        commanded();
        measured();
        pair(Channel.KNOCK_RETARD_FRONT_DEG, Channel.KNOCK_RETARD_REAR_DEG);
        lambdaRoles();
        resembling();
        return new ColumnChoice(
                search.format().format(),
                headers,
                columns,
                measured,
                targets,
                lambdas,
                shared(),
                units(),
                List.copyOf(passedOver),
                List.copyOf(scores));
    }

    private void time() {
        int column = given.getOrDefault(Channel.TIME_SECONDS, -1);
        int second = -1;
        for (Map.Entry<Integer, HeaderName> header : search.headers().entrySet()) {
            String name = header.getValue().normal();
            for (String beginning : TIME_BEGINS_WITH) {
                if (column < 0 && name.startsWith(beginning)) {
                    column = header.getKey();
                }
            }
            if (second < 0
                    && (TIME.stream().anyMatch(name::startsWith)
                            || header.getValue().forms().stream()
                                    .anyMatch(words -> TIME.contains(String.join(" ", words))))) {
                second = header.getKey();
            }
        }
        put(Channel.TIME_SECONDS, column < 0 ? second : column);
    }

    private void single(Channel channel) {
        List<Match> matches = matches(channel, Cylinder.FRONT);
        score(channel, matches);
        int column = given.getOrDefault(
                channel, matches.isEmpty() ? -1 : matches.get(0).column());
        put(channel, column);
        passOver(channel, matches, column);
    }

    private void commanded() {
        pair(Channel.COMMANDED_AFR_FRONT, Channel.COMMANDED_AFR_REAR);
        if (columns.containsKey(Channel.COMMANDED_AFR_FRONT) || columns.containsKey(Channel.COMMANDED_AFR_REAR)) {
            return;
        }
        boolean noTarget = search.headers().values().stream().noneMatch(ColumnChooser::isTargetLambda);
        List<Match> wideband = matches(Channel.MEASURED_AFR_FRONT, Cylinder.FRONT).stream()
                .filter(match -> search.header(match.column()).namesWideband())
                .toList();
        for (Map.Entry<Integer, HeaderName> header : search.headers().entrySet()) {
            if (noTarget
                    && !wideband.isEmpty()
                    && header.getValue().words().equals(List.of("afr"))
                    && ChannelRules.of(Channel.COMMANDED_AFR_FRONT).allows(header.getValue())) {
                put(Channel.COMMANDED_AFR_FRONT, header.getKey());
                put(Channel.COMMANDED_AFR_REAR, header.getKey());
                taken.add(header.getKey());
                return;
            }
        }
    }

    /** Chooses a channel of both cylinders. A column that names no cylinder serves both or none. */
    private void pair(Channel front, Channel rear) {
        List<Match> ofFront = new ArrayList<>();
        List<Match> ofRear = new ArrayList<>();
        int frontColumn = given.getOrDefault(front, -1);
        int rearColumn = given.getOrDefault(rear, -1);
        for (FormatDescription vocabulary : search.vocabularies()) {
            boolean isOpen = frontColumn < 0 && rearColumn < 0;
            List<Match> fronts = frontColumn < 0 ? matches(vocabulary, front, Cylinder.FRONT) : List.of();
            List<Match> rears = rearColumn < 0 ? matches(vocabulary, front, Cylinder.REAR) : List.of();
            addMissing(ofFront, fronts);
            addMissing(ofRear, rears);
            if (isOpen
                    && !fronts.isEmpty()
                    && !rears.isEmpty()
                    && fronts.get(0).column() == rears.get(0).column()) {
                frontColumn = fronts.get(0).column();
                rearColumn = frontColumn;
            }
            frontColumn = frontColumn < 0 ? firstOfCylinder(fronts) : frontColumn;
            rearColumn = rearColumn < 0 ? firstOfCylinder(rears) : rearColumn;
        }
        score(front, ofFront);
        score(rear, ofRear);
        if (rearColumn < 0 && given.containsKey(front) && search.cylinder(frontColumn) == null) {
            rearColumn = frontColumn;
        }
        put(front, frontColumn);
        put(rear, rearColumn);
        taken.add(frontColumn);
        taken.add(rearColumn);
        passOver(front, ofFront, frontColumn);
        passOver(rear, ofRear, rearColumn);
    }

    private static void addMissing(List<Match> matches, List<Match> more) {
        for (Match match : more) {
            if (matches.stream().noneMatch(known -> known.column() == match.column())) {
                matches.add(match);
            }
        }
    }

    private static int firstOfCylinder(List<Match> matches) {
        for (Match match : matches) {
            if (match.cylinder() != null) {
                return match.column();
            }
        }
        return -1;
    }

    /** Collects the candidates for the measured AFR. Those of the rear that name no cylinder are candidates of the front too. */
    private void measured() {
        boolean isFrontGiven = given.containsKey(Channel.MEASURED_AFR_FRONT);
        boolean isRearGiven = given.containsKey(Channel.MEASURED_AFR_REAR);
        List<Match> front = new ArrayList<>();
        List<Match> rear = new ArrayList<>();
        for (FormatDescription vocabulary : search.vocabularies()) {
            boolean isOpen = front.isEmpty() && rear.isEmpty() && !isFrontGiven;
            boolean isFrontOpen = front.isEmpty() && !isFrontGiven;
            // An unmarked column of the rear is also one of the front, which may prefer a column of its own.
            boolean isRearOpen =
                    !isRearGiven && firstOfCylinder(rear) < 0 && (rear.isEmpty() || firstOfCylinder(front) >= 0);
            List<Match> fronts =
                    isFrontOpen ? matches(vocabulary, Channel.MEASURED_AFR_FRONT, Cylinder.FRONT) : List.of();
            List<Match> rears = isRearOpen ? matches(vocabulary, Channel.MEASURED_AFR_FRONT, Cylinder.REAR) : List.of();
            addMissing(front, isOpen ? fronts : ofCylinder(fronts));
            addMissing(rear, isOpen && !isRearGiven ? rears : ofCylinder(rears));
        }
        candidates(Cylinder.FRONT, front);
        candidates(Cylinder.REAR, rear);
        measured.values().forEach(taken::addAll);
    }

    private static List<Match> ofCylinder(List<Match> matches) {
        return matches.stream().filter(match -> match.cylinder() != null).toList();
    }

    private void candidates(Cylinder cylinder, List<Match> matches) {
        Integer column = given.get(Channel.measuredAfr(cylinder));
        score(Channel.measuredAfr(cylinder), matches);
        measured.put(
                cylinder, column == null ? matches.stream().map(Match::column).toList() : List.of(column));
    }

    /** Returns the matches in the first vocabulary that has any. */
    private List<Match> matches(Channel channel, Cylinder cylinder) {
        List<Match> matches = List.of();
        for (FormatDescription vocabulary : search.vocabularies()) {
            matches = matches.isEmpty() ? matches(vocabulary, channel, cylinder) : matches;
        }
        return matches;
    }

    private List<Match> matches(FormatDescription vocabulary, Channel channel, Cylinder cylinder) {
        List<Match> matches = search.matches(vocabulary, channel, cylinder);
        matches.removeIf(match -> taken.contains(match.column()));
        return matches;
    }

    private void put(Channel channel, int column) {
        if (column >= 0) {
            columns.put(channel, column);
        }
    }

    private void score(Channel channel, List<Match> matches) {
        matches.forEach(match -> scores.add(channel.key() + ": " + match));
    }

    private void passOver(Channel channel, List<Match> matches, int column) {
        for (Match match : matches) {
            if (match.column() != column && !taken.contains(match.column())) {
                String reason = column < 0
                        ? "it names no cylinder, and serves both or none"
                        : "'" + headers.get(column).strip() + "' comes before it";
                passedOver.add(new PassedOver(channel, match.header(), reason));
            }
        }
    }

    private void lambdaRoles() {
        search.headers().forEach((column, header) -> {
            String name = header.normal();
            if (!name.contains("lambda")) {
                return;
            }
            boolean commanded = isCommanded(column);
            boolean target = commanded || isTargetLambda(header);
            Channel channel = target ? Channel.COMMANDED_AFR_FRONT : Channel.MEASURED_AFR_FRONT;
            if (!commanded && !ChannelRules.of(channel).allows(header)) {
                return;
            }
            boolean isCalledRear = name.contains("rear") || name.endsWith(" 2");
            if (!target && ReplayColumns.containsAny(name, NO_MEASURED_LAMBDA)) {
                return;
            }
            @Nullable Cylinder own = search.cylinder(column);
            for (Cylinder cylinder : Cylinder.values()) {
                boolean serves = target
                        ? own == null || own == cylinder
                        : cylinder == Cylinder.FRONT ^ (own == Cylinder.REAR || own == null && isCalledRear);
                if (serves) {
                    (target ? targets : lambdas)
                            .computeIfAbsent(cylinder, c -> new ArrayList<>())
                            .add(column);
                }
            }
        });
    }

    private boolean isCommanded(int column) {
        return columns.getOrDefault(Channel.COMMANDED_AFR_FRONT, -1) == column
                || columns.getOrDefault(Channel.COMMANDED_AFR_REAR, -1) == column;
    }

    private static boolean isTargetLambda(HeaderName header) {
        String name = header.normal();
        return name.contains("lambda") && ReplayColumns.containsAny(name, TARGET_WORDS);
    }

    /** The columns of the front that also serve a rear cylinder without its own: those that name no cylinder, but see the format. */
    private Set<Integer> shared() {
        Set<Integer> shared = new LinkedHashSet<>();
        List<Integer> front = new ArrayList<>(measured.getOrDefault(Cylinder.FRONT, List.of()));
        front.addAll(lambdas.getOrDefault(Cylinder.FRONT, List.of()));
        for (int column : front) {
            boolean ofFormat = search.format().frontServesRear()
                    && !search.header(column).words().contains("lc1");
            if (search.cylinder(column) == null || ofFormat) {
                shared.add(column);
            }
        }
        return shared;
    }

    private Map<Integer, LogUnit> units() {
        Map<Integer, LogUnit> units = new HashMap<>();
        search.headers().forEach((column, header) -> {
            LogUnit unit = header.unit();
            if (unit != null) {
                units.put(column, unit);
            }
        });
        return units;
    }

    private void resembling() {
        Set<Integer> used = new HashSet<>(columns.values());
        measured.values().forEach(used::addAll);
        targets.values().forEach(used::addAll);
        lambdas.values().forEach(used::addAll);
        EnumSet<Channel> found = EnumSet.of(Channel.TIME_SECONDS);
        found.addAll(columns.keySet());
        measured.forEach((cylinder, candidates) -> {
            if (!candidates.isEmpty()) {
                found.add(Channel.measuredAfr(cylinder));
            }
        });
        for (Channel channel : EnumSet.complementOf(found)) {
            passedOver.addAll(search.resembling(channel, used));
        }
    }
}
