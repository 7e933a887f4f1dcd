package dynoai.dashboard;

import dynoai.catalogue.run.Findings;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;

/** Sample lines of a board. */
public final class Lines {
    private Lines() {}

    static RunLine done(String shop, String cell, String id, String vehicle, long atMillis) {
        String file = "log-of-" + id + ".csv";
        return new RunLine(
                shop, cell, id, file, "", RunState.DONE, atMillis, atMillis + 900, findings(vehicle), Notice.NONE);
    }

    public static Findings findings(String vehicle) {
        return new Findings(
                60_000,
                100_000,
                new Findings.Delta(3.2, 0, 40, 0, Findings.Uncut.UNKNOWN),
                new Findings.Delta(7, 12, 40, 2, new Findings.Uncut(10.89, 4500, 65)),
                new Findings.Delta(-3.4, 0, 40, 0, new Findings.Uncut(-3.4, 2500, 65)),
                1,
                7,
                "2.0.0",
                "winpep",
                vehicle,
                false);
    }
}
