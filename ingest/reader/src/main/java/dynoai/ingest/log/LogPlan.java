package dynoai.ingest.log;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import java.util.List;

/** How one log is read, decided before its first row: made by {@link LogReader#plan}, used by {@link LogReader#read}. */
public final class LogPlan {
    private final LogHead head;
    private final ColumnChoice choice;
    private final UnitRules units;
    private final boolean fillsAfrTargets;
    private final SlotMap slots;
    private final int[] slotOfChannel = new int[Channel.COUNT];
    private final LogDescription description;

    LogPlan(LogHead head, ColumnChoice choice, UnitRules units, boolean fillsAfrTargets, LogDescription description) {
        this.head = head;
        this.choice = choice;
        this.units = units;
        this.fillsAfrTargets = fillsAfrTargets;
        this.description = description;
        this.slots = SlotMap.of(choice.allColumns());
        bind(Channel.TIME_SECONDS, choice.time());
        bind(Channel.RPM, choice.rpm());
        bind(Channel.MAP_KPA, choice.kpa());
        bind(Channel.TORQUE_FTLB, choice.torque());
        bind(Channel.POWER_HP, choice.power());
        bind(Channel.COMMANDED_AFR_FRONT, choice.commandedFront());
        bind(Channel.COMMANDED_AFR_REAR, choice.commandedRear());
        bind(Channel.MEASURED_AFR_FRONT, choice.measuredFrontColumn());
        bind(Channel.MEASURED_AFR_REAR, choice.measuredRearColumn());
        bind(Channel.KNOCK_RETARD_FRONT_DEG, choice.knockFront());
        bind(Channel.KNOCK_RETARD_REAR_DEG, choice.knockRear());
        bind(Channel.IAT_FAHRENHEIT, choice.iat());
        bind(Channel.BATTERY_VOLTS, choice.battery());
        bind(Channel.THROTTLE_PERCENT, choice.tps());
    }

    private void bind(Channel channel, int column) {
        slotOfChannel[channel.ordinal()] = slots.slotOf(column);
    }

    /** How the log is read, in words and names that leave this package. */
    public LogDescription description() {
        return description;
    }

    /** Position of the first byte after the header line. */
    long bodyOffset() {
        return head.bodyOffset();
    }

    SlotMap slots() {
        return slots;
    }

    int slot(Channel channel) {
        return slotOfChannel[channel.ordinal()];
    }

    UnitRules units() {
        return units;
    }

    boolean fillsAfrTargets() {
        return fillsAfrTargets;
    }

    /** Whether the rules of Power Vision and generic logs hold: lambdas, and one wideband for both cylinders. */
    boolean readsLambda() {
        return !head.format().isReadAsWinpep();
    }

    List<Integer> lambdaTargetSlots() {
        return slotsOf(choice.lambdaTargets());
    }

    List<Integer> lambdaFrontSlots() {
        return slotsOf(choice.lambdaFront());
    }

    List<Integer> lambdaRearSlots() {
        return slotsOf(choice.lambdaRear());
    }

    private List<Integer> slotsOf(List<Integer> columns) {
        return columns.stream().map(slots::slotOf).toList();
    }

    RowParser parser() {
        return new RowParser(head.delimiter(), decimalComma(), slots, slot(Channel.TIME_SECONDS));
    }

    boolean decimalComma() {
        return head.delimiter() == ';' && units.converts();
    }
}
