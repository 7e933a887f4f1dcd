package dynoai.app.analyze;

import dynoai.app.console.ExitCode;
import dynoai.engine.Preflight;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.LogDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found out about a log, for a person and for a program. */
final class PreflightText {
    private final Preflight found;

    PreflightText(Preflight found) {
        this.found = found;
    }

    List<String> lines() {
        LogDescription description = found.description();
        RunGrids grids = found.grids();
        List<String> lines = new ArrayList<>();
        lines.add("ok       " + found.log() + ": " + description.format().key() + ", " + description.encoding() + ", "
                + description.delimiter() + ", " + grids.rowsRead() + " rows, " + grids.unreadable() + " unreadable");
        for (Cylinder cylinder : Cylinder.values()) {
            lines.add("  " + cylinder.key() + ": " + grids.of(cylinder).accepted() + " rows would be accepted, "
                    + found.grids().of(cylinder).coveredCells() + " of " + GridAxes.CELLS + " cells covered, "
                    + found.diagnostics().weakCells(cylinder).size() + " with fewer than "
                    + Diagnostics.ENOUGH_SAMPLES + " samples"
                    + leftOut(grids.of(cylinder)));
        }
        lines.add("  channels:");
        for (LogDescription.Source source : description.sources()) {
            lines.add("    " + source.channel().key() + ": "
                    + (source.header().isEmpty() ? source.role() : "'" + source.header() + "'")
                    + (source.role().equals("column") || source.header().isEmpty() ? "" : " (" + source.role() + ")"));
        }
        add(lines, "converted", description.conversions());
        add(lines, "missing", found.missing());
        add(lines, "warnings", found.warnings());
        return lines;
    }

    Map<String, @Nullable Object> toJson() {
        LogDescription description = found.description();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("log", found.log().toString());
        json.put("ok", true);
        json.put("exit_code", ExitCode.SUCCESS);
        json.put("format", description.format().key());
        json.put("encoding", description.encoding());
        json.put("delimiter", description.delimiter());
        json.put("rows_read", found.grids().rowsRead());
        json.put("unreadable", found.grids().unreadable());
        json.put("rows_outside_grid", found.grids().rowsOutsideGrid());
        for (Cylinder cylinder : Cylinder.values()) {
            json.put(cylinder.key(), cylinder(cylinder));
        }
        List<Object> channels = new ArrayList<>();
        for (LogDescription.Source source : description.sources()) {
            Map<String, @Nullable Object> channel = new LinkedHashMap<>();
            channel.put("channel", source.channel().key());
            channel.put("role", source.role());
            channel.put("header", source.header());
            channels.add(channel);
        }
        json.put("channels", channels);
        json.put("conversions", description.conversions());
        json.put("missing", found.missing());
        json.put("warnings", found.warnings());
        return json;
    }

    private Map<String, @Nullable Object> cylinder(Cylinder cylinder) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("cells_covered", found.grids().of(cylinder).coveredCells());
        json.put("cells_weak", found.diagnostics().weakCells(cylinder).size());
        for (Gate gate : Gate.values()) {
            long rows = found.grids().of(cylinder).gates().get(gate.ordinal()).rows();
            if (!gate.isOptional() || rows > 0) {
                json.put(gate.key(), rows);
            }
        }
        return json;
    }

    private static String leftOut(RunGrids.CylinderGrids grids) {
        StringBuilder text = new StringBuilder();
        for (Gate gate : Gate.values()) {
            long rows = grids.gates().get(gate.ordinal()).rows();
            if (gate != Gate.ACCEPTED && rows > 0) {
                text.append(text.length() == 0 ? "; left out: " : ", ")
                        .append(gate.key())
                        .append(' ')
                        .append(rows);
            }
        }
        return text.toString();
    }

    private static void add(List<String> lines, String title, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add("  " + title + ":");
            for (String entry : entries) {
                lines.add("    " + entry);
            }
        }
    }
}
