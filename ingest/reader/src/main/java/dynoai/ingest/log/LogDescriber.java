package dynoai.ingest.log;

import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.column.LogUnit;
import dynoai.ingest.log.text.LogHead;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.Source;
import dynoai.schemas.log.LogFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Describes how a log is read. */
final class LogDescriber {
    private final LogHead head;
    private final ColumnChoice candidates;
    private final ColumnChoice choice;
    private final UnitRules units;
    private final LogSurvey.Decisions decisions;
    private final boolean fillsAfrTargets;
    private final List<Source> sources = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private LogDescriber(
            LogHead head,
            ColumnChoice candidates,
            ColumnChoice choice,
            UnitRules units,
            LogSurvey.Decisions decisions,
            boolean fillsAfrTargets) {
        this.head = head;
        this.candidates = candidates;
        this.choice = choice;
        this.units = units;
        this.decisions = decisions;
        this.fillsAfrTargets = fillsAfrTargets;
    }

    static LogDescription of(
            LogHead head,
            ColumnChoice candidates,
            ColumnChoice choice,
            UnitRules units,
            LogSurvey.Decisions decisions,
            boolean fillsAfrTargets) {
        return new LogDescriber(head, candidates, choice, units, decisions, fillsAfrTargets).description();
    }

    private LogDescription description() {
        column(Channel.TIME_SECONDS);
        column(Channel.RPM);
        column(Channel.MAP_KPA);
        column(Channel.TORQUE_FTLB);
        if (choice.has(Channel.POWER_HP)) {
            sources.add(new Source(Channel.TORQUE_FTLB, "derived", header(Channel.POWER_HP), ""));
        }
        column(Channel.POWER_HP);
        commanded(Cylinder.FRONT);
        commanded(Cylinder.REAR);
        column(Channel.MEASURED_AFR_FRONT);
        lambdas(Channel.MEASURED_AFR_FRONT);
        if (choice.frontServesRear()) {
            column(Channel.MEASURED_AFR_REAR, choice.column(Channel.MEASURED_AFR_FRONT));
        } else {
            column(Channel.MEASURED_AFR_REAR);
        }
        lambdas(Channel.MEASURED_AFR_REAR);
        column(Channel.KNOCK_RETARD_FRONT_DEG);
        column(Channel.KNOCK_RETARD_REAR_DEG);
        column(Channel.IAT_FAHRENHEIT);
        column(Channel.BATTERY_VOLTS);
        column(Channel.THROTTLE_PERCENT);
        column(Channel.COOLANT_FAHRENHEIT);
        boolean frontMeasured = has(Channel.MEASURED_AFR_FRONT);
        boolean rearMeasured = has(Channel.MEASURED_AFR_REAR);
        boolean oneWideband = choice.frontServesRear() && frontMeasured;
        notes(oneWideband);
        return new LogDescription(
                choice.format(),
                head.encoding().label(),
                delimiterName(),
                head.columns(),
                List.copyOf(sources),
                has(Channel.COMMANDED_AFR_FRONT) && frontMeasured,
                has(Channel.COMMANDED_AFR_REAR) && rearMeasured,
                oneWideband,
                conversions(),
                List.copyOf(notes),
                head.preambleLines(),
                decisions.weightsByHits(),
                choice.passedOver());
    }

    private void column(Channel channel) {
        column(channel, choice.column(channel));
    }

    private void column(Channel channel, int column) {
        if (column >= 0) {
            sources.add(new Source(channel, "column", header(column), unit(channel, column)));
        }
    }

    /** Lists a column once, as a lambda if it is both that and the channel's own. */
    private void lambdas(Channel channel) {
        List<Integer> columns = choice.replacements(channel).stream()
                .filter(column -> column != choice.column(channel) || decisions.mixture(column) != Mixture.AFR)
                .toList();
        sources.removeIf(source -> source.channel() == channel
                && columns.stream().anyMatch(column -> source.header().equals(header(column))));
        for (int column : columns) {
            sources.add(new Source(channel, "lambda", header(column), unit(channel, column)));
        }
    }

    private String unit(Channel channel, int column) {
        LogUnit stated = choice.units().get(column);
        LogUnit unit = column == choice.column(channel) ? units.units().getOrDefault(channel, stated) : stated;
        return unit == null ? "" : unit.symbol();
    }

    private void commanded(Cylinder cylinder) {
        Channel channel = Channel.commandedAfr(cylinder);
        column(channel);
        lambdas(channel);
        if (fillsAfrTargets) {
            sources.add(new Source(channel, "target table", "", ""));
        }
    }

    private boolean has(Channel channel) {
        return sources.stream().anyMatch(source -> source.channel() == channel);
    }

    private void notes(boolean oneWideband) {
        if (oneWideband) {
            notes.add("one measured AFR serves both cylinders: the log has no rear wideband or lambda");
        }
        skipped("front", candidates.measured(Cylinder.FRONT), choice.column(Channel.MEASURED_AFR_FRONT));
        boolean hasRear = choice.has(Channel.MEASURED_AFR_REAR);
        skipped(
                "rear",
                candidates.measured(Cylinder.REAR),
                choice.column(hasRear ? Channel.MEASURED_AFR_REAR : Channel.MEASURED_AFR_FRONT));
        if (choice.format() == LogFormat.UNKNOWN) {
            notes.add("the header has no marker of a known format; it was read by the rules for WinPEP");
        }
    }

    private void skipped(String side, List<Integer> columns, int taken) {
        for (int column : columns) {
            if (column == taken) {
                return;
            }
            notes.add("measured AFR " + side + ": '" + header(column)
                    + "' was passed over, it has no valid value in the whole log");
        }
    }

    private List<String> conversions() {
        List<String> conversions = new ArrayList<>();
        if (decisions.rpmInThousands()) {
            conversions.add("rpm: '" + header(Channel.RPM) + "' is in thousands, multiplied by 1000");
        }
        for (Channel channel : Channel.values()) {
            if (choice.has(channel)) {
                conversion(conversions, channel);
            }
        }
        if (units.timeInMilliseconds()) {
            conversions.add("time: '" + header(Channel.TIME_SECONDS) + "' is in milliseconds, divided by 1000");
        } else if (decisions.timeInMilliseconds()) {
            conversions.add("time: '" + header(Channel.TIME_SECONDS)
                    + "' is in milliseconds, as its steps show, divided by 1000");
        }
        if (!choice.has(Channel.TORQUE_FTLB) && choice.has(Channel.POWER_HP)) {
            conversions.add("torque: derived as hp x 5252 / rpm from '" + header(Channel.POWER_HP) + "'");
        }
        if (decisions.sparse()) {
            conversions.add(
                    "rows: fewer than 1 row in 20 is complete, so a missing cell takes the last value of its column,"
                            + " of at most 0.5 s before");
        }
        return conversions;
    }

    private void conversion(List<String> conversions, Channel channel) {
        int column = choice.column(channel);
        String start = channel.key() + ": '" + header(column) + "' ";
        if (units.factor(channel) != 1) {
            conversions.add(
                    start + "is in " + unitName(channel) + ", multiplied by " + UnitRules.plain(units.factor(channel)));
        } else if (units.isCelsius(channel)) {
            conversions.add(start + "is in degrees Celsius, converted to Fahrenheit");
        }
        Mixture mixture = decisions.mixture(column);
        if (mixture == Mixture.EQUIVALENCE_RATIO) {
            conversions.add(start + "holds the equivalence ratio, its reciprocal multiplied by " + Afr.STOICHIOMETRIC);
        } else if (mixture == Mixture.LAMBDA) {
            conversions.add(start + "holds lambda, multiplied by " + Afr.STOICHIOMETRIC);
        } else if (mixture == Mixture.AFR && choice.isLambda(column)) {
            conversions.add(start + "holds AFR in spite of its name");
        }
    }

    private String unitName(Channel channel) {
        LogUnit unit = units.units().get(channel);
        if (unit == null) {
            return "";
        }
        return switch (unit) {
            case INCH_OF_MERCURY -> "inches of mercury";
            case MILLIMETRE_OF_MERCURY -> "millimetres of mercury";
            case NEWTON_METRE -> "Nm";
            case KILOWATT -> "kW";
            case METRIC_HORSEPOWER -> "metric horsepower";
            default -> unit.name().toLowerCase(Locale.ROOT);
        };
    }

    private String header(Channel channel) {
        return header(choice.column(channel));
    }

    private String header(int column) {
        return head.columns().get(column);
    }

    private String delimiterName() {
        if (head.form().alignment() != null) {
            return "spaces";
        }
        return switch (head.delimiter()) {
            case '\t' -> "tab";
            case ';' -> "semicolon";
            default -> "comma";
        };
    }
}
