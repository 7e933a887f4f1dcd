package dynoai.ingest.log;

import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.text.LogHead;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.Source;
import dynoai.schemas.log.LogFormat;
import java.util.ArrayList;
import java.util.List;

/** Describes how a log is read. */
final class LogDescriber {
    private final LogHead head;
    private final ColumnChoice candidates;
    private final ColumnChoice choice;
    private final UnitRules units;
    private final boolean fillsAfrTargets;
    private final List<Source> sources = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private LogDescriber(
            LogHead head, ColumnChoice candidates, ColumnChoice choice, UnitRules units, boolean fillsAfrTargets) {
        this.head = head;
        this.candidates = candidates;
        this.choice = choice;
        this.units = units;
        this.fillsAfrTargets = fillsAfrTargets;
    }

    static LogDescription of(
            LogHead head, ColumnChoice candidates, ColumnChoice choice, UnitRules units, boolean fillsAfrTargets) {
        return new LogDescriber(head, candidates, choice, units, fillsAfrTargets).description();
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
        lambdas(Channel.MEASURED_AFR_FRONT, choice.replacements(Cylinder.FRONT));
        if (choice.frontServesRear()) {
            column(Channel.MEASURED_AFR_REAR, choice.column(Channel.MEASURED_AFR_FRONT));
        } else {
            column(Channel.MEASURED_AFR_REAR);
        }
        lambdas(Channel.MEASURED_AFR_REAR, choice.replacements(Cylinder.REAR));
        column(Channel.KNOCK_RETARD_FRONT_DEG);
        column(Channel.KNOCK_RETARD_REAR_DEG);
        column(Channel.IAT_FAHRENHEIT);
        column(Channel.BATTERY_VOLTS);
        column(Channel.THROTTLE_PERCENT);
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
                false,
                choice.passedOver());
    }

    private void column(Channel channel) {
        column(channel, choice.column(channel));
    }

    private void column(Channel channel, int column) {
        if (column >= 0) {
            sources.add(new Source(channel, "column", header(column), ""));
        }
    }

    /** Lists a column once, also if it is both the channel's own and a lambda. */
    private void lambdas(Channel channel, List<Integer> columns) {
        sources.removeIf(source -> source.channel() == channel
                && columns.stream().anyMatch(column -> source.header().equals(header(column))));
        for (int column : columns) {
            sources.add(new Source(channel, "lambda", header(column), ""));
        }
    }

    private void commanded(Cylinder cylinder) {
        Channel channel = Channel.commandedAfr(cylinder);
        column(channel);
        lambdas(channel, choice.targets(cylinder));
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
        skipped("rear", candidates.measured(Cylinder.REAR), choice.column(Channel.MEASURED_AFR_REAR));
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
        if (units.rpmInThousands()) {
            conversions.add("rpm: '" + header(Channel.RPM) + "' is in thousands, multiplied by 1000");
        }
        if (units.mapInInchesOfMercury()) {
            conversions.add("kpa: '" + header(Channel.MAP_KPA) + "' is in inches of mercury, multiplied by 3.38639");
        }
        if (units.iatInCelsius() && choice.has(Channel.IAT_FAHRENHEIT)) {
            conversions.add(
                    "iat: '" + header(Channel.IAT_FAHRENHEIT) + "' is in degrees Celsius, converted to Fahrenheit");
        }
        if (units.timeInMilliseconds() && choice.has(Channel.TIME_SECONDS)) {
            conversions.add("time: '" + header(Channel.TIME_SECONDS) + "' is in milliseconds, divided by 1000");
        }
        if (!choice.has(Channel.TORQUE_FTLB)) {
            conversions.add("torque: derived as hp x 5252 / rpm from '" + header(Channel.POWER_HP) + "'");
        }
        return conversions;
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
