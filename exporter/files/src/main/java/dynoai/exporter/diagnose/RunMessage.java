package dynoai.exporter.diagnose;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The warnings of a successful run: no accepted row, temperatures that look like Celsius, sums that overflow. */
final class RunMessage {
    private static final double SENTINEL_AFR = 5.1;
    private static final double SENTINEL_TOLERANCE = 1e-6;
    private static final int LISTED_RESEMBLING = 4;

    private final LogDescription description;
    private final AnalysisOptions options;
    private final RunGrids grids;

    RunMessage(LogDescription description, AnalysisOptions options, RunGrids grids) {
        this.description = description;
        this.options = options;
        this.grids = grids;
    }

    /** Returns null if there is no warning. */
    @Nullable
    String text() {
        List<String> sentences = new ArrayList<>();
        if (grids.front().accepted() + grids.rear().accepted() == 0) {
            sentences.add("No row was accepted for either cylinder: every correction is empty.");
            for (Cylinder cylinder : Cylinder.values()) {
                sentences.add(cylinder.title() + ": " + whyEmpty(cylinder) + ".");
            }
        } else {
            for (Cylinder cylinder : Cylinder.values()) {
                boolean judged = grids.of(cylinder).gates().stream().anyMatch(tally -> tally.rows() > 0);
                if (judged && grids.of(cylinder).accepted() == 0) {
                    sentences.add(
                            "No row was accepted for the " + cylinder.key() + " cylinder: its corrections are empty.");
                    sentences.add(cylinder.title() + ": " + whyEmpty(cylinder) + ".");
                }
            }
        }
        if (looksLikeCelsius(Cylinder.FRONT) || looksLikeCelsius(Cylinder.REAR)) {
            sentences.add(celsius());
        }
        for (Cylinder cylinder : Cylinder.values()) {
            List<String> cells = overflowed(cylinder);
            Channel weight = weight();
            if (!cells.isEmpty() && weight != null) {
                sentences.add(cylinder.title() + ": the sums of " + String.join("; ", cells)
                        + " are beyond any number, so these cells are empty, wholly or in part. Look for absurd values of "
                        + ChannelNames.sources(description, weight) + ".");
            }
        }
        sentences.addAll(filtersWithoutColumn());
        return sentences.isEmpty() ? null : String.join(" ", sentences);
    }

    /** Returns a sentence for each filter whose channel the log lacks. */
    private List<String> filtersWithoutColumn() {
        Map<Option, Channel> filters = new EnumMap<>(Option.class);
        if (!Double.isNaN(options.numberOrNaN(Option.MAX_TPS_RATE))) {
            filters.put(Option.MAX_TPS_RATE, Channel.THROTTLE_PERCENT);
        }
        if (!Double.isNaN(options.numberOrNaN(Option.MIN_COOLANT))) {
            filters.put(Option.MIN_COOLANT, Channel.COOLANT_FAHRENHEIT);
        }
        if (options.flag(Option.SKIP_FUEL_CUT)) {
            filters.put(Option.SKIP_FUEL_CUT, Channel.THROTTLE_PERCENT);
        }
        List<String> sentences = new ArrayList<>();
        filters.forEach((option, channel) -> {
            if (description.sources().stream().noneMatch(source -> source.channel() == channel)) {
                sentences.add(option.flag() + " left out no row: the log has no column for the "
                        + ChannelNames.title(channel) + ".");
            }
        });
        return sentences;
    }

    /** Returns the cells with accepted rows but no value, because their sums were not finite. */
    private List<String> overflowed(Cylinder cylinder) {
        List<String> cells = new ArrayList<>();
        RunGrids.CylinderGrids own = grids.of(cylinder);
        for (int cell = 0; cell < GridAxes.CELLS && description.hasAfr(cylinder); cell++) {
            boolean lost = own.err().isEmpty(cell)
                    || own.corr().isEmpty(cell)
                    || weight() == Channel.TORQUE_FTLB && own.torque().isEmpty(cell);
            if (lost && own.coverage().get(cell) > 0) {
                cells.add(Anomaly.name(cell));
            }
        }
        return cells;
    }

    /** Returns null if the run is weighted by hits. */
    private @Nullable Channel weight() {
        if (description.weightsByHits()) {
            return null;
        }
        return options.weighsByPower() ? Channel.POWER_HP : Channel.TORQUE_FTLB;
    }

    /** Returns why no row of the cylinder was accepted, as a part of a sentence: the missing columns, or the gates that rows failed. */
    String whyEmpty(Cylinder cylinder) {
        List<Gate> gates = new ArrayList<>();
        for (Gate gate : Gate.values()) {
            boolean ofMissingColumn = gate == Gate.NO_REQUESTED_AFR && !description.hasAfr(cylinder);
            if (gate != Gate.ACCEPTED
                    && !ofMissingColumn
                    && tally(cylinder, gate).rows() > 0) {
                gates.add(gate);
            }
        }
        gates.sort(Comparator.comparingLong((Gate gate) -> tally(cylinder, gate).rows())
                .reversed());
        List<String> parts = new ArrayList<>();
        for (Channel channel : List.of(Channel.commandedAfr(cylinder), Channel.measuredAfr(cylinder))) {
            if (!description.hasAfr(cylinder) && isMissing(channel)) {
                parts.add(missing(channel));
            }
        }
        if (grids.processed() == 0) {
            parts.add("no row has engine speed"
                    + (description.weightsByHits() ? " and manifold pressure" : ", manifold pressure and torque"));
        }
        gates.forEach(gate -> parts.add(failed(cylinder, gate)));
        return String.join("; ", parts);
    }

    private boolean isMissing(Channel channel) {
        return description.sources().stream().noneMatch(source -> source.channel() == channel);
    }

    private String missing(Channel channel) {
        List<String> resembling = description.passedOver().stream()
                .filter(column -> column.channel() == channel
                        && description.sources().stream()
                                .noneMatch(source -> source.header().equals(column.header())))
                .limit(LISTED_RESEMBLING)
                .map(column -> '"' + column.header().strip() + "\": " + column.reason())
                .toList();
        boolean commanded = channel.isCommandedAfr();
        return "no column for the " + (commanded ? "commanded AFR" : "measured AFR")
                + (resembling.isEmpty() ? "" : " (not taken: " + String.join(", ", resembling) + ")")
                + (commanded ? " (" + Option.AFR_TARGETS.flag() + " map fills in targets by manifold pressure)" : "");
    }

    private String failed(Cylinder cylinder, Gate gate) {
        GateTally tally = tally(cylinder, gate);
        String rows = tally.rows() + (tally.rows() == 1 ? " row: " : " rows: ") + Gates.title(gate);
        if (gate == Gate.OUTSIDE_GRID) {
            return rows + " (accepted: " + Gates.accepts(gate) + ")";
        }
        if (gate == Gate.NO_REQUESTED_AFR) {
            return rows + " (" + ChannelNames.sources(description, Channel.commandedAfr(cylinder)) + ")";
        }
        Channel judged = Gates.judged(gate, cylinder, options.weighsByPower());
        return rows + " (" + ChannelNames.title(judged) + " from " + ChannelNames.sources(description, judged)
                + (gate == Gate.BAD_AFR
                        ? ", commanded from " + ChannelNames.sources(description, Channel.commandedAfr(cylinder))
                        : "")
                + ": " + Gates.range(tally)
                + "; accepted: " + Gates.accepts(gate)
                + (gate == Gate.BAD_AFR && isSentinel(tally) ? "; 5.1 is what a wideband without a signal shows" : "")
                + ")";
    }

    private static boolean isSentinel(GateTally tally) {
        return Math.abs(tally.lowest() - SENTINEL_AFR) <= SENTINEL_TOLERANCE
                && Math.abs(tally.highest() - SENTINEL_AFR) <= SENTINEL_TOLERANCE;
    }

    private boolean looksLikeCelsius(Cylinder cylinder) {
        long processed = grids.processed();
        return processed > 0 && 10 * tally(cylinder, Gate.IAT_OUT_OF_RANGE).rows() >= 9 * processed;
    }

    private String celsius() {
        GateTally tally =
                tally(looksLikeCelsius(Cylinder.FRONT) ? Cylinder.FRONT : Cylinder.REAR, Gate.IAT_OUT_OF_RANGE);
        return "The intake air temperature looks like Celsius: " + tally.rows() + " of " + grids.processed()
                + " rows fail its gate of 30 to 300 °F with " + Gates.range(tally) + "."
                + (options.mathVersion().isReplay()
                        ? " The replay version converts no units; use another math version with iat_unit c."
                        : " Set iat_unit to c (--iat-unit c) if it is.");
    }

    private GateTally tally(Cylinder cylinder, Gate gate) {
        return grids.of(cylinder).gates().get(gate.ordinal());
    }
}
