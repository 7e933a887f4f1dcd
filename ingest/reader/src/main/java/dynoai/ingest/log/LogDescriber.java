package dynoai.ingest.log;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.Source;
import java.util.ArrayList;
import java.util.List;

/** Puts into words how a log is read. */
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
        boolean oneCommanded = !head.format().isReadAsWinpep();
        boolean rearIsFront = oneCommanded
                && choice.measuredRearColumn() < 0
                && choice.lambdaRear().isEmpty();
        column(Channel.TIME_SECONDS, choice.time());
        column(Channel.RPM, choice.rpm());
        column(Channel.MAP_KPA, choice.kpa());
        column(Channel.TORQUE_FTLB, choice.torque());
        if (choice.power() >= 0) {
            sources.add(new Source(Channel.TORQUE_FTLB, "derived", header(choice.power())));
        }
        column(Channel.POWER_HP, choice.power());
        commanded(Channel.COMMANDED_AFR_FRONT, choice.commandedFront());
        commanded(Channel.COMMANDED_AFR_REAR, choice.commandedRear());
        column(Channel.MEASURED_AFR_FRONT, choice.measuredFrontColumn());
        lambdas(Channel.MEASURED_AFR_FRONT, choice.lambdaFront());
        if (rearIsFront) {
            column(Channel.MEASURED_AFR_REAR, choice.measuredFrontColumn());
            lambdas(Channel.MEASURED_AFR_REAR, choice.lambdaFront());
        } else {
            column(Channel.MEASURED_AFR_REAR, choice.measuredRearColumn());
            lambdas(Channel.MEASURED_AFR_REAR, choice.lambdaRear());
            if (choice.measuredRearColumn() < 0 || choice.lambdaRear().isEmpty()) {
                lambdas(Channel.MEASURED_AFR_REAR, choice.lambdaFront());
            }
        }
        column(Channel.KNOCK_RETARD_FRONT_DEG, choice.knockFront());
        column(Channel.KNOCK_RETARD_REAR_DEG, choice.knockRear());
        column(Channel.IAT_FAHRENHEIT, choice.iat());
        column(Channel.BATTERY_VOLTS, choice.battery());
        column(Channel.THROTTLE_PERCENT, choice.tps());
        boolean frontMeasured = has(Channel.MEASURED_AFR_FRONT);
        boolean rearMeasured = has(Channel.MEASURED_AFR_REAR);
        boolean oneWideband = rearIsFront && frontMeasured;
        notes(oneWideband);
        return new LogDescription(
                head.format(),
                head.encoding().label(),
                delimiterName(),
                head.columns(),
                List.copyOf(sources),
                has(Channel.COMMANDED_AFR_FRONT) && frontMeasured,
                has(Channel.COMMANDED_AFR_REAR) && rearMeasured,
                oneWideband,
                conversions(),
                List.copyOf(notes));
    }

    private void column(Channel channel, int column) {
        if (column >= 0) {
            sources.add(new Source(channel, "column", header(column)));
        }
    }

    private void lambdas(Channel channel, List<Integer> columns) {
        for (int column : columns) {
            sources.add(new Source(channel, "lambda", header(column)));
        }
    }

    private void commanded(Channel channel, int column) {
        column(channel, column);
        lambdas(channel, choice.lambdaTargets());
        if (fillsAfrTargets) {
            sources.add(new Source(channel, "target table", ""));
        }
    }

    private boolean has(Channel channel) {
        return sources.stream().anyMatch(source -> source.channel() == channel);
    }

    private void notes(boolean oneWideband) {
        if (oneWideband) {
            notes.add("one measured AFR serves both cylinders: the log has no rear wideband or lambda");
        }
        passedOver("front", candidates.measuredFront(), choice.measuredFrontColumn());
        passedOver("rear", candidates.measuredRear(), choice.measuredRearColumn());
        if (head.format() == dynoai.schemas.log.LogFormat.UNKNOWN) {
            notes.add("the header has no marker of a known format; it was read by the rules for WinPEP");
        }
    }

    private void passedOver(String side, List<Integer> wanted, int taken) {
        for (int column : wanted) {
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
            conversions.add("rpm: '" + header(choice.rpm()) + "' is in thousands, multiplied by 1000");
        }
        if (units.mapInInchesOfMercury()) {
            conversions.add("kpa: '" + header(choice.kpa()) + "' is in inches of mercury, multiplied by 3.38639");
        }
        if (units.iatInCelsius() && choice.iat() >= 0) {
            conversions.add("iat: '" + header(choice.iat()) + "' is in degrees Celsius, converted to Fahrenheit");
        }
        if (units.timeInMilliseconds() && choice.time() >= 0) {
            conversions.add("time: '" + header(choice.time()) + "' is in milliseconds, divided by 1000");
        }
        if (choice.torque() < 0) {
            conversions.add("torque: derived as hp x 5252 / rpm from '" + header(choice.power()) + "'");
        }
        return conversions;
    }

    private String header(int column) {
        return head.columns().get(column);
    }

    private String delimiterName() {
        switch (head.delimiter()) {
            case '\t':
                return "tab";
            case ';':
                return "semicolon";
            default:
                return "comma";
        }
    }
}
