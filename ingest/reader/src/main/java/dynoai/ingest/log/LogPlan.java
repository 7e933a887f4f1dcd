package dynoai.ingest.log;

import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.text.LogHead;
import dynoai.ingest.log.text.TextForm;
import dynoai.schemas.grid.Cylinder;
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
            int column = choice.column(channel);
            slotOfChannel[channel.ordinal()] = isReplacedByItself(channel, column) ? -1 : slots.slotOf(column);
        }
    }

    /** A lambda column that serves as AFR is read as the first of the lambdas that replace an absent AFR. */
    private boolean isReplacedByItself(Channel channel, int column) {
        for (Cylinder cylinder : Cylinder.values()) {
            if (channel == Channel.commandedAfr(cylinder)) {
                return choice.targets(cylinder).contains(column);
            }
            if (channel == Channel.measuredAfr(cylinder)) {
                return choice.replacements(cylinder).contains(column);
            }
        }
        return false;
    }

    /** Returns the description for manifest and run log. */
    public LogDescription description() {
        return description;
    }

    TextForm form() {
        return head.form();
    }

    /** Position in the text of the first byte that may belong to a row. */
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

    /** Whether the front's measured AFR is the rear's value too. */
    boolean frontServesRear() {
        return choice.frontServesRear();
    }

    /** The slots of the lambdas that replace an invalid commanded AFR, in order. */
    List<Integer> targetSlots(Cylinder cylinder) {
        return slotsOf(choice.targets(cylinder));
    }

    /** The slots of the lambdas that replace an invalid measured AFR, in order. */
    List<Integer> lambdaSlots(Cylinder cylinder) {
        return slotsOf(choice.replacements(cylinder));
    }

    private List<Integer> slotsOf(List<Integer> columns) {
        return columns.stream().map(slots::slotOf).toList();
    }

    RowParser parser() {
        return new RowParser(head.delimiter(), units.decimalComma(), slots, slot(Channel.TIME_SECONDS));
    }
}
