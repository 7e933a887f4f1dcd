package dynoai.catalogue.run;

import dynoai.schemas.run.FailureCode;

/**
 * A run, or a log without a run.
 *
 * @param runId unique within the shop; the path of a log that is not claimed
 * @param file path of the log in the drop folder, or its name
 * @param sha256 of the log; empty when unknown
 * @param startedMillis when the log was claimed
 * @param endedMillis when the run ended; 0 before
 */
public record RunLine(
        String shop,
        String cell,
        String runId,
        String file,
        String sha256,
        RunState state,
        long startedMillis,
        long endedMillis,
        Findings findings,
        Notice notice) {

    /** Returns a run of which only the start is known. */
    public static RunLine started(
            String shop, String cell, String runId, String file, RunState state, long startedMillis) {
        return new RunLine(shop, cell, runId, file, "", state, startedMillis, 0, Findings.NONE, Notice.NONE);
    }

    /** Returns a log that was rejected, or archived as a duplicate. */
    public static RunLine rejected(
            String shop, String cell, String runId, String file, String sha256, long atMillis, Notice notice) {
        RunState state = notice.code().equals(FailureCode.DUPLICATE.name()) ? RunState.DUPLICATE : RunState.REJECTED;
        return new RunLine(shop, cell, runId, file, sha256, state, atMillis, atMillis, Findings.NONE, notice);
    }

    public String key() {
        return shop + '/' + runId;
    }

    public RunLine ended(RunState end, long atMillis, Notice why) {
        return new RunLine(shop, cell, runId, file, sha256, end, startedMillis, atMillis, findings, why);
    }

    /** Returns this run in flight with its rows so far. */
    public RunLine soFar(long rows, String howFar) {
        return new RunLine(
                shop,
                cell,
                runId,
                file,
                sha256,
                state,
                startedMillis,
                0,
                Findings.counted(rows, 0, 0, ""),
                Notice.of("", howFar));
    }

    /** Whether the run has a notice or anomalies. */
    public boolean isWarned() {
        return !notice.isEmpty() || findings.anomalies() > 0;
    }

    /** Whether both runs are known to be of the same vehicle of a shop. */
    public boolean isOfVehicle(RunLine other) {
        String vehicle = findings.vehicle();
        return shop.equals(other.shop)
                && !vehicle.isEmpty()
                && vehicle.equals(other.findings().vehicle());
    }

    /** Time from the claim to the end; 0 if unknown. */
    public long elapsedMillis() {
        return endedMillis > startedMillis && startedMillis > 0 ? endedMillis - startedMillis : 0;
    }

    /** Rows per second of {@link #elapsedMillis}; NaN if unknown. */
    public double rowsPerSecond() {
        return elapsedMillis() > 0 && findings.rows() > 0 ? findings.rows() * 1000.0 / elapsedMillis() : Double.NaN;
    }

    /** Returns the later state of the same run, or the one with findings, with missing fields taken from the other. */
    public RunLine mergedWith(RunLine other) {
        int order = other.state.compareTo(state);
        boolean otherIsBetter = order > 0 || order == 0 && findingsKnown(other) >= findingsKnown(this);
        RunLine better = otherIsBetter ? other : this;
        RunLine worse = otherIsBetter ? this : other;
        return new RunLine(
                better.shop,
                better.cell.isEmpty() ? worse.cell : better.cell,
                better.runId,
                fullerPath(better.file, worse.file),
                better.sha256.isEmpty() ? worse.sha256 : better.sha256,
                better.state,
                better.startedMillis == 0 ? worse.startedMillis : better.startedMillis,
                better.endedMillis == 0 && !better.state.isInFlight() ? worse.endedMillis : better.endedMillis,
                better.findings.equals(Findings.NONE) ? worse.findings : better.findings,
                better.state == worse.state ? better.notice.orFuller(worse.notice) : better.notice);
    }

    /** Some sources know only the name of a log. */
    private static String fullerPath(String better, String worse) {
        return better.isEmpty() || worse.endsWith('/' + better) ? worse : better;
    }

    private static int findingsKnown(RunLine line) {
        return Double.isNaN(line.findings.clampPct()) ? 0 : 1;
    }
}
