package dynoai.exporter.report;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.diagnose.Anomaly;
import dynoai.exporter.diagnose.Diagnostics;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.report.html.HtmlPage;
import java.util.List;

/** The anomalies of a run, and what to check next. */
final class DiagnosticsSection {
    private final AnalysisResult run;
    private final HtmlPage page;

    DiagnosticsSection(AnalysisResult run, HtmlPage page) {
        this.run = run;
        this.page = page;
    }

    void write() {
        page.section("Diagnostics");
        List<Anomaly> anomalies = run.diagnostics().anomalies();
        if (anomalies.isEmpty()) {
            page.paragraph("Nothing looks wrong. That speaks for the log, not for the tune.");
        }
        for (Anomaly anomaly : anomalies) {
            page.raw("<article class=\"anomaly\">\n")
                    .heading(anomaly.type().title() + ": " + anomaly.where())
                    .raw("<p>")
                    .text(anomaly.explanation())
                    .raw(" <small>Score ")
                    .text(Figures.number(anomaly.score(), 2, false))
                    .raw("</small></p>\n")
                    .list(anomaly.nextChecks())
                    .raw("</article>\n");
        }
        int front = run.diagnostics().weakFront().size();
        int rear = run.diagnostics().weakRear().size();
        if (front + rear > 0) {
            page.paragraph("Weak cells, with fewer than " + Diagnostics.ENOUGH_SAMPLES + " samples: " + front
                    + " of the front cylinder, " + rear + " of the rear one. Their corrections rest on little.");
        }
    }
}
