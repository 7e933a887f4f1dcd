package dynoai.app.analyze;

import dynoai.app.console.ExitCode;
import dynoai.app.console.Failures;
import dynoai.engine.Preflight;
import dynoai.engine.Preflight.Outcome;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.table.FixedFormat;
import dynoai.ingest.log.SourceValues;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.PassedOver;
import dynoai.schemas.log.LogDescription.Source;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was found out about a log, for a person and for a program. */
final class PreflightText {
    private static final List<String> TITLES =
            List.of("channel", "valid", "lowest", "highest", "stated unit", "conversion", "column");
    private static final int NUMERIC_FROM = 1;
    private static final int NUMERIC_TO = 3;
    private static final int MAX_PASSED_OVER = 30;

    private final Preflight found;

    PreflightText(Preflight found) {
        this.found = found;
    }

    /** Returns 0 for a map, 4 for an empty result, and the code of the rejection for a rejected log. */
    int exitCode() {
        return rejection()
                .map(Failures::exitCode)
                .orElse(found.verdict() == Preflight.Verdict.MAP ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR);
    }

    Optional<LogRejectedException> rejection() {
        Rejection rejection = found.rejection();
        return rejection == null ? Optional.empty() : Optional.of(new LogRejectedException(rejection));
    }

    private String verdict() {
        return found.verdict().name().toLowerCase(Locale.ROOT);
    }

    List<String> lines() {
        LogDescription description = found.description();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-9s", verdict())
                + found.log()
                + (description == null ? "" : ": " + how(description)));
        Outcome outcome = found.outcome();
        if (outcome != null) {
            for (Cylinder cylinder : Cylinder.values()) {
                lines.add("  " + cylinder.key() + ": " + rows(outcome, cylinder));
            }
        }
        if (description != null) {
            addTable(lines, description);
            add(lines, "converted", description.conversions());
            add(lines, "passed over", passedOver(description));
        }
        add(lines, "missing", found.missing());
        add(lines, "warnings", found.warnings());
        return lines;
    }

    private String how(LogDescription description) {
        Outcome outcome = found.outcome();
        return description.format().key() + ", " + description.encoding()
                + (found.hasByteOrderMark() ? " with a byte order mark" : "") + ", " + description.delimiter()
                + (description.preambleLines() > 0
                        ? ", header below " + counted(description.preambleLines(), "line")
                        : "")
                + (outcome == null
                        ? ""
                        : ", " + counted(outcome.grids().rowsRead(), "row") + ", "
                                + outcome.grids().unreadable() + " unreadable")
                + (description.weightsByHits() && outcome != null ? ", weighted by hits" : "");
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private String rows(Outcome outcome, Cylinder cylinder) {
        RunGrids.CylinderGrids grids = outcome.grids().of(cylinder);
        return counted(grids.accepted(), "row") + " would be accepted, " + grids.coveredCells() + " of "
                + GridAxes.CELLS + " cells covered, "
                + outcome.diagnostics().weakCells(cylinder).size() + " with fewer than "
                + Diagnostics.ENOUGH_SAMPLES + " samples"
                + (found.description() == null || found.description().hasAfr(cylinder)
                        ? leftOut(grids)
                        : "; it lacks a column, see below");
    }

    private void addTable(List<String> lines, LogDescription description) {
        List<List<String>> table = new ArrayList<>(List.of(TITLES));
        for (Channel channel : Channel.values()) {
            List<Source> sources = description.sources().stream()
                    .filter(source -> source.channel() == channel)
                    .toList();
            sources.forEach(source -> table.add(row(source)));
            if (sources.isEmpty()) {
                table.add(List.of(channel.key(), "", "", "", "", "", "no column"));
            }
        }
        int[] widths = new int[TITLES.size()];
        for (List<String> row : table) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                boolean number = i >= NUMERIC_FROM && i <= NUMERIC_TO;
                line.append(' ')
                        .append(number ? padding + row.get(i) : row.get(i) + padding)
                        .append(' ');
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    private List<String> row(Source source) {
        String quoted = "'" + source.header().strip() + "'";
        String column = switch (source.role()) {
            case "column" -> quoted;
            case "derived" -> "from " + quoted + " where absent";
            default -> source.header().isEmpty() ? source.role() : quoted + " (" + source.role() + ")";
        };
        Optional<SourceValues> values = values(source);
        if (values.isEmpty()) {
            return List.of(source.channel().key(), "", "", "", source.unit(), "", column);
        }
        SourceValues.Range valid = values.get().valid();
        return List.of(
                source.channel().key(),
                String.valueOf(valid.count()),
                number(valid.lowest()),
                number(valid.highest()),
                source.unit(),
                values.get().conversion(),
                column + invalid(values.get().invalid()));
    }

    private Optional<SourceValues> values(Source source) {
        return found.values().stream()
                .filter(values -> values.source().equals(source))
                .findFirst();
    }

    private static String invalid(SourceValues.Range invalid) {
        if (invalid.count() == 0) {
            return "";
        }
        String range = invalid.lowest() == invalid.highest()
                ? "always " + number(invalid.lowest())
                : number(invalid.lowest()) + " to " + number(invalid.highest());
        return ", " + invalid.count() + " not valid: " + range;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : FixedFormat.format(value, 2, false);
    }

    /** Returns a line for each column and reason, those of missing channels first. */
    private List<String> passedOver(LogDescription description) {
        Map<String, String> channels = new LinkedHashMap<>();
        description.passedOver().stream()
                .sorted(Comparator.comparing(column ->
                        description.sources().stream().anyMatch(source -> source.channel() == column.channel())))
                .forEach(column -> channels.merge(
                        ": '" + column.header().strip() + "': " + column.reason(),
                        column.channel().key(),
                        (some, another) -> some + ", " + another));
        List<String> lines = new ArrayList<>();
        channels.forEach((column, keys) -> lines.add(keys + column));
        int more = lines.size() - MAX_PASSED_OVER;
        if (more > 0) {
            lines.subList(MAX_PASSED_OVER, lines.size()).clear();
            lines.add("and " + more + " more; --json lists all");
        }
        return lines;
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        rejection().ifPresent(rejection -> json.putAll(Failures.toJson(found.log(), rejection)));
        Outcome outcome = found.outcome();
        json.put("log", found.log().toString());
        json.put("ok", outcome != null);
        json.put("verdict", verdict());
        json.put("exit_code", exitCode());
        LogDescription description = found.description();
        if (description != null) {
            addReading(json, description);
        }
        if (outcome != null) {
            RunGrids grids = outcome.grids();
            json.put("rows_read", grids.rowsRead());
            json.put("unreadable", grids.unreadable());
            json.put("rows_outside_grid", grids.rowsOutsideGrid());
            for (Cylinder cylinder : Cylinder.values()) {
                json.put(cylinder.key(), cylinder(outcome, cylinder));
            }
            json.put("message", outcome.diagnostics().message());
        }
        json.put("missing", found.missing());
        json.put("warnings", found.warnings());
        return json;
    }

    private void addReading(Map<String, @Nullable Object> json, LogDescription description) {
        json.put("format", description.format().key());
        json.put("encoding", description.encoding());
        json.put("byte_order_mark", found.hasByteOrderMark());
        json.put("delimiter", description.delimiter());
        json.put("preamble_lines", description.preambleLines());
        json.put("weights_by_hits", description.weightsByHits());
        List<Object> channels = new ArrayList<>();
        for (Source source : description.sources()) {
            Map<String, @Nullable Object> channel = new LinkedHashMap<>();
            channel.put("channel", source.channel().key());
            channel.put("role", source.role());
            channel.put("header", source.header());
            channel.put("unit", source.unit());
            values(source).ifPresent(values -> {
                channel.put("conversion", values.conversion());
                channel.put("valid", range(values.valid()));
                channel.put("invalid", range(values.invalid()));
            });
            channels.add(channel);
        }
        json.put("channels", channels);
        json.put("passed_over", ofPassedOver(description));
        json.put("conversions", description.conversions());
        json.put("headers", description.headers());
    }

    private static List<Object> ofPassedOver(LogDescription description) {
        List<Object> columns = new ArrayList<>();
        for (PassedOver column : description.passedOver()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("channel", column.channel().key());
            entry.put("header", column.header());
            entry.put("reason", column.reason());
            columns.add(entry);
        }
        return columns;
    }

    private static Map<String, @Nullable Object> range(SourceValues.Range range) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("count", range.count());
        json.put("lowest", range.count() == 0 ? null : range.lowest());
        json.put("highest", range.count() == 0 ? null : range.highest());
        return json;
    }

    private static Map<String, @Nullable Object> cylinder(Outcome outcome, Cylinder cylinder) {
        RunGrids.CylinderGrids grids = outcome.grids().of(cylinder);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("cells_covered", grids.coveredCells());
        json.put("cells_weak", outcome.diagnostics().weakCells(cylinder).size());
        for (Gate gate : Gate.values()) {
            long rows = grids.gates().get(gate.ordinal()).rows();
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
