package dynoai.ingest.log;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import java.util.List;

/** How one log is read: made by {@link LogReader#plan}, used by {@link LogReader#read}. */
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
        for (Channel channel : Channel.values()) {
            slotOfChannel[channel.ordinal()] = slots.slotOf(choice.column(channel));
        }
    }

    /** Returns the description for manifest and run log. */
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

    /** Whether the rules of Power Vision and generic logs apply: lambdas, and one wideband for both cylinders. */
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
        return new RowParser(head.delimiter(), units.decimalComma(), slots, slot(Channel.TIME_SECONDS));
    }
}
