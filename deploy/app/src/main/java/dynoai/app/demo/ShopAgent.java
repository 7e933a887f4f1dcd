package dynoai.app.demo;

import dynoai.agent.Agent;
import dynoai.agent.AgentEvents;
import dynoai.agent.AgentSettings;
import dynoai.app.console.Console;
import dynoai.app.demo.DemoLogs.DemoLog;
import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A shop of the demo: its agent, and what it reports about each log. */
final class ShopAgent implements AgentEvents, AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final String shop;
    private final Console console;
    private final Path drop;
    private final Map<String, Report> reports = new ConcurrentHashMap<>();
    private final Agent agent;

    /** What is known of a log. Written by the agent's threads, read at the end. */
    private static final class Report {
        private final long dropped = System.nanoTime();
        private volatile long size;
        private volatile long arrived;
        private volatile long resumedAt = -1;
        private volatile boolean cut;
        private volatile String end = "";
        private volatile String where = "";
        private volatile double seconds;
    }

    /** A row of the table. */
    record Row(String shop, String log, String end, long size, long resumedAt, double seconds, String where) {}

    ShopAgent(String shop, AgentSettings settings, Console console) throws IOException {
        this.shop = shop;
        this.console = console;
        this.drop = settings.folder().root();
        this.agent = Agent.start(settings, this);
    }

    void drop(DemoLog log, int rows) throws IOException {
        reports.put(log.name(), new Report());
        DemoLogs.drop(drop, log, rows);
        console.message("dropped  " + shop + ": " + log.file() + " (" + log.about() + ")");
    }

    boolean hasEnded() {
        return reports.values().stream().noneMatch(report -> report.end.isEmpty());
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        reports.forEach((log, report) ->
                rows.add(new Row(shop, log, report.end, report.size, report.resumedAt, report.seconds, report.where)));
        rows.sort(Comparator.comparing(Row::log));
        return rows;
    }

    private Report report(Path file) {
        return reports.computeIfAbsent(file.getFileName().toString(), name -> new Report());
    }

    /** The line to the intake was cut: the log on its way will be resumed. */
    void lineCut() {
        console.message("cut      the line of " + shop);
        reports.values().forEach(report -> report.cut = report.arrived > 0 && report.arrived < report.size);
    }

    @Override
    public void disconnected(String why) {
        console.message("waiting  " + shop + ": " + why);
    }

    @Override
    public void uploadProgress(Claim claim, long bytes) {
        Report report = report(Path.of(claim.name()));
        report.size = claim.size();
        if (report.cut && bytes > 0) {
            report.cut = false;
            report.resumedAt = bytes;
            console.message(String.format(
                    Locale.ROOT, "resumed  %s: %s at %,d of %,d bytes", shop, claim.name(), bytes, claim.size()));
        }
        report.arrived = bytes;
    }

    @Override
    public void runReturned(Claim claim, Path folder) {
        report(Path.of(claim.name())).where = folder.toString();
    }

    @Override
    public void fileChanged(Path file, FileState state) {
        Report report = report(file);
        String end = "";
        if (state instanceof FileState.Done) {
            end = "done";
        } else if (state instanceof FileState.Duplicate duplicate) {
            end = "duplicate of " + duplicate.ofRunId();
        } else if (state instanceof FileState.Rejected rejected) {
            end = "rejected: " + rejected.code();
        }
        if (!end.isEmpty()) {
            report.seconds = (System.nanoTime() - report.dropped) / NANOS_PER_SECOND;
            report.end = end;
            console.message("ended    " + shop + ": " + file.getFileName() + " " + end);
        }
    }

    @Override
    public void close() throws IOException {
        agent.close();
    }
}
