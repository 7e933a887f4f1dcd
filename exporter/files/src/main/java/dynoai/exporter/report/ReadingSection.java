package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.ChannelNames;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.diagnose.Gates;
import dynoai.exporter.kernel.KernelProfile;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HtmlPage;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.grid.RunGrids.GateTally;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the log was read, the rows per gate, and the options. */
final class ReadingSection {
    private static final int LISTED_HEADERS = 120;

    private final AnalysisResult run;
    private final HtmlPage page;
    private final LogDescription description;

    ReadingSection(AnalysisResult run, HtmlPage page) {
        this.run = run;
        this.page = page;
        description = run.description();
    }

    void write() {
        page.section("How the log was read");
        page.paragraph("Format " + description.format().key() + ", " + description.encoding() + ", delimiter "
                + description.delimiter() + "; " + run.input().sizeBytes() + " bytes, SHA-256 "
                + run.input().sha256() + ".");
        page.paragraph(run.grids().rowsRead() + " rows read; " + run.grids().unreadable()
                + " of them without engine speed"
                + (description.weightsByHits() ? " or manifold pressure, " : ", manifold pressure or torque, ")
                + run.grids().processed()
                + " processed.");
        if (description.weightsByHits()) {
            page.paragraph(Diagnostics.HITS_NOTE);
        }
        if (description.oneWidebandForBoth()) {
            page.paragraph("One wideband serves both cylinders: front and rear differ by nothing it measured.");
        }
        said("Conversions", description.conversions());
        said("Notes", description.notes());
        said("Columns passed over", ChannelNames.passedOver(description));
        channels();
        gates();
        options();
        headers();
    }

    private void said(String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            page.heading(title).list(sentences);
        }
    }

    private void channels() {
        List<List<String>> rows = new ArrayList<>();
        for (Channel channel : ChannelNames.listed(description)) {
            rows.add(List.of(ChannelNames.title(channel), sources(channel)));
        }
        page.table("Which column served which channel", List.of("Channel", "Read from"), rows);
    }

    private String sources(Channel channel) {
        StringBuilder text = new StringBuilder();
        for (LogDescription.Source source : description.sources()) {
            if (source.channel() == channel) {
                text.append(text.length() == 0 ? "" : ", then ").append(source.role());
                if (!source.header().isEmpty()) {
                    text.append(" \"").append(HtmlPage.cut(source.header())).append('"');
                }
            }
        }
        return text.length() == 0 ? "no column" : text.toString();
    }

    private void gates() {
        List<List<String>> rows = new ArrayList<>();
        for (Gate gate : Gates.of(run.options())) {
            rows.add(List.of(
                    Gates.title(gate), tally(Cylinder.FRONT, gate), tally(Cylinder.REAR, gate), Gates.accepts(gate)));
        }
        page.table(
                "Which rows counted: each ends at the first gate it fails",
                List.of("Gate", "Front", "Rear", "Lets through"),
                rows);
    }

    private String tally(Cylinder cylinder, Gate gate) {
        GateTally tally = run.grids().of(cylinder).gates().get(gate.ordinal());
        boolean ranged = gate != Gate.ACCEPTED && tally.rows() > 0 && !Double.isNaN(tally.lowest());
        return tally.rows()
                + (ranged
                        ? " (from " + Figures.number(tally.lowest(), 2, false) + " to "
                                + Figures.number(tally.highest(), 2, false) + ")"
                        : "");
    }

    private void options() {
        List<List<String>> rows = new ArrayList<>();
        Map<String, @Nullable Object> recorded = run.options().toMap();
        for (Option option : Option.values()) {
            if (!recorded.containsKey(option.key())) {
                continue;
            }
            String value = value(option);
            String usual = usual(option);
            rows.add(List.of(option.key(), value, value.equals(usual) ? "" : "default: " + usual, option.meaning()));
        }
        page.table(
                "Options of this run (kernels " + KernelProfile.VERSION + ")",
                List.of("Option", "Value", "Changed", "Meaning"),
                rows);
    }

    /** Files are shown by hash, because paths would make pages of equal runs differ. */
    private String value(Option option) {
        if (option == Option.BASE_FRONT || option == Option.BASE_REAR) {
            @Nullable
            String hash = option == Option.BASE_FRONT
                    ? run.baseTables().sha256(Cylinder.FRONT)
                    : run.baseTables().sha256(Cylinder.REAR);
            return hash == null ? "not set" : "SHA-256 " + hash;
        }
        switch (option.kind()) {
            case NUMBER:
                return Figures.plain(run.options().number(option));
            case WHOLE:
                return Integer.toString(run.options().whole(option));
            case FLAG:
                return run.options().flag(option) ? "yes" : "no";
            case COLUMNS:
                return run.options()
                        .toTexts()
                        .getOrDefault(option.key(), "not set")
                        .replace("\n", ", ");
            default:
                @Nullable String text = run.options().text(option);
                return text == null ? "not set" : text;
        }
    }

    private static String usual(Option option) {
        @Nullable String text = option.defaultText();
        if (text == null) {
            return "not set";
        }
        switch (option.kind()) {
            case NUMBER:
                return Figures.plain(Double.parseDouble(text));
            case FLAG:
                return text.equals("true") ? "yes" : "no";
            default:
                return text;
        }
    }

    private void headers() {
        List<String> headers = description.headers();
        page.heading("All " + headers.size() + " columns of the log").raw("<p>");
        for (int i = 0; i < Math.min(LISTED_HEADERS, headers.size()); i++) {
            page.raw(i == 0 ? "" : " · ").text(HtmlPage.cut(headers.get(i)));
        }
        if (headers.size() > LISTED_HEADERS) {
            page.raw(" and ").raw(headers.size() - LISTED_HEADERS).raw(" more");
        }
        page.raw("</p>\n");
    }
}
