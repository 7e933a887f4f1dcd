package dynoai.ingest.log;

import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.text.BinaryContentCheck;
import dynoai.ingest.log.text.Chunks;
import dynoai.ingest.log.text.LogHead;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log's rows until every decision that depends on values is made: whether engine speed is in thousands, whether
 * manifold pressure is plausible, and which wideband columns have values. In a sound log the first block is enough.
 */
final class LogSurvey {
    private final LogSource source;
    private final LogHead head;
    private final ColumnChoice choice;
    private final UnitRules units;
    private final SlotMap slots;

    private long dataRows;
    private double highestRpm = Double.NEGATIVE_INFINITY;
    private double highestKpa = Double.NEGATIVE_INFINITY;
    private boolean anyProcessed;
    private final Set<Integer> withValidAfr = new HashSet<>();

    LogSurvey(LogSource source, LogHead head, ColumnChoice choice, UnitRules units) {
        this.source = source;
        this.head = head;
        this.choice = choice;
        this.units = units;
        List<Integer> read = new ArrayList<>(List.of(
                choice.column(Channel.RPM),
                choice.column(Channel.MAP_KPA),
                choice.column(Channel.TORQUE_FTLB),
                choice.column(Channel.POWER_HP)));
        read.addAll(choice.measured(Cylinder.FRONT));
        read.addAll(choice.measured(Cylinder.REAR));
        this.slots = SlotMap.of(read);
    }

    void run(int chunkBytes) throws IOException, LogRejectedException {
        RowParser parser = new RowParser(head.delimiter(), units.decimalComma(), slots, -1);
        RawBlock block = new RawBlock(slots.count(), false);
        try (Chunks chunks = head.form().chunks(source, chunkBytes)) {
            Chunks.Chunk chunk = new Chunks.Chunk();
            while (chunks.next(chunk)) {
                int at = (int) Math.max(0, Math.min(chunk.to, head.bodyOffset() - chunk.offset));
                BinaryContentCheck.check(head.form().text(source), chunk.bytes, at, chunk.to, chunk.offset);
                while (at < chunk.to) {
                    block.clear();
                    at = parser.fill(chunk.bytes, at, chunk.to, block);
                    observe(block);
                    if (isDecided()) {
                        return;
                    }
                }
            }
        }
    }

    private void observe(RawBlock block) {
        dataRows += block.rows;
        double[] rpm = values(block, choice.column(Channel.RPM));
        double[] kpa = values(block, choice.column(Channel.MAP_KPA));
        double[] torque = values(block, choice.column(Channel.TORQUE_FTLB));
        double[] power = values(block, choice.column(Channel.POWER_HP));
        for (int i = 0; i < block.rows && rpm != null && kpa != null; i++) {
            if (Double.isNaN(rpm[i]) || Double.isNaN(kpa[i])) {
                continue;
            }
            highestRpm = Math.max(highestRpm, rpm[i]);
            boolean derivable = power != null && !Double.isNaN(power[i]) && rpm[i] > 0;
            if (torque != null && !Double.isNaN(torque[i]) || derivable) {
                anyProcessed = true;
                highestKpa = Math.max(highestKpa, units.kpa(kpa[i]));
            }
        }
        for (Cylinder cylinder : Cylinder.values()) {
            choice.measured(cylinder).forEach(column -> noteValidAfr(block, column));
        }
    }

    private void noteValidAfr(RawBlock block, int column) {
        double[] afr = values(block, column);
        for (int i = 0; afr != null && i < block.rows && !withValidAfr.contains(column); i++) {
            if (choice.isLambda(column) ? Afr.isUsableLambda(afr[i]) : Afr.isValid(afr[i])) {
                withValidAfr.add(column);
            }
        }
    }

    private double @Nullable [] values(RawBlock block, int column) {
        int slot = slots.slotOf(column);
        return slot < 0 ? null : block.values[slot];
    }

    private boolean isDecided() {
        return dataRows > 0
                && highestRpm >= UnitRules.MIN_PLAUSIBLE_RPM
                && highestKpa >= UnitRules.MIN_PLAUSIBLE_KPA
                && isDecided(choice.measured(Cylinder.FRONT))
                && isDecided(choice.measured(Cylinder.REAR));
    }

    private boolean isDecided(List<Integer> candidates) {
        return candidates.isEmpty() || withValidAfr.contains(candidates.get(0));
    }

    boolean hasRows() {
        return dataRows > 0;
    }

    boolean rpmIsInThousands() {
        return units.converts() && highestRpm > 0 && highestRpm < UnitRules.MIN_PLAUSIBLE_RPM;
    }

    /** Whether a candidate for the measured AFR has a valid value in any row. */
    boolean hasValidAfr(int column) {
        return withValidAfr.contains(column);
    }

    void rejectImplausibleMap() throws LogRejectedException {
        if (!units.converts() || units.mapUnitGiven() || !anyProcessed || highestKpa >= UnitRules.MIN_PLAUSIBLE_KPA) {
            return;
        }
        throw new LogRejectedException(Rejection.of(
                FailureCode.UNIT_SUSPECT,
                source.name(),
                0,
                head.columns().get(choice.column(Channel.MAP_KPA)),
                "the highest manifold pressure of the whole log is " + highestKpa + " kPa",
                "absolute manifold pressure in kPa, which reaches " + (int) UnitRules.MIN_PLAUSIBLE_KPA
                        + " kPa and more on any running engine under load",
                "if the column is in inches of mercury, say --map-unit inhg; if it really is in kPa, say"
                        + " --map-unit kpa"));
    }
}
