package dynoai.dashboard.board;

/**
 * One run, or one log of which no run was made.
 *
 * @param runId its name within the shop; of a log that was not claimed, its path
 * @param file where the log was dropped, or its name
 * @param sha256 of the log; empty when unknown
 * @param startedMillis when the log was claimed
 * @param endedMillis when it came to its end; 0 before
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
        Trouble trouble) {

    /** A run of which only the beginning is known. */
    public static RunLine begun(
            String shop, String cell, String runId, String file, RunState state, long startedMillis) {
        return new RunLine(shop, cell, runId, file, "", state, startedMillis, 0, Findings.NONE, Trouble.NONE);
    }

    public String key() {
        return shop + '/' + runId;
    }

    public RunLine in(RunState next) {
        return new RunLine(shop, cell, runId, file, sha256, next, startedMillis, endedMillis, findings, trouble);
    }

    public RunLine ended(RunState end, long atMillis, Trouble why) {
        return new RunLine(shop, cell, runId, file, sha256, end, startedMillis, atMillis, findings, why);
    }

    /** Whether both runs are known to be of the same vehicle of a shop. */
    public boolean isOfVehicle(RunLine other) {
        String vehicle = findings.vehicle();
        return shop.equals(other.shop)
                && !vehicle.isEmpty()
                && vehicle.equals(other.findings().vehicle());
    }

    /** From the drop to the grids; 0 while it is unknown. */
    public long elapsedMillis() {
        return endedMillis > startedMillis && startedMillis > 0 ? endedMillis - startedMillis : 0;
    }

    /** Rows of the log for each second from the drop to the grids; NaN while it is unknown. */
    public double rowsPerSecond() {
        return elapsedMillis() > 0 && findings.rows() > 0 ? findings.rows() * 1000.0 / elapsedMillis() : Double.NaN;
    }

    /** Whichever of two tells more of the same run: a later state wins, then the one with findings. */
    RunLine orBetter(RunLine other) {
        int order = other.state.compareTo(state);
        boolean otherIsBetter = order > 0 || order == 0 && tells(other) >= tells(this);
        RunLine better = otherIsBetter ? other : this;
        RunLine worse = otherIsBetter ? this : other;
        return new RunLine(
                better.shop,
                better.cell.isEmpty() ? worse.cell : better.cell,
                better.runId,
                better.file.isEmpty() ? worse.file : better.file,
                better.sha256.isEmpty() ? worse.sha256 : better.sha256,
                better.state,
                better.startedMillis == 0 ? worse.startedMillis : better.startedMillis,
                better.endedMillis == 0 && !better.state.isInFlight() ? worse.endedMillis : better.endedMillis,
                better.findings.equals(Findings.NONE) ? worse.findings : better.findings,
                better.state == worse.state ? better.trouble.orFuller(worse.trouble) : better.trouble);
    }

    private static int tells(RunLine line) {
        return Double.isNaN(line.findings.clampPct()) ? 0 : 1;
    }
}
