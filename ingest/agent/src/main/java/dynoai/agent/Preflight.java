package dynoai.agent;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.log.LogReader;
import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.file.Path;

/** Checks logs at the shop, with the reader that the analysis uses. */
final class Preflight {
    private Preflight() {}

    /** @throws LogRejectedException when the log cannot be analysed, for the same reason as in a drop folder next to the pipeline */
    static void check(Claim claim, Path bytes) throws LogRejectedException, IOException {
        if (!claim.optionFiles().isEmpty()) {
            throw new LogRejectedException(Rejection.of(
                    FailureCode.BASE_TABLE_REFUSED,
                    claim.name() + ": base tables are not sent to an intake",
                    "remove " + String.join(" and ", claim.optionFiles().keySet())
                            + " from its options; dynoai ve apply applies the result to a table here"));
        }
        LogSource log = LogSource.of(bytes).named(claim.name());
        LogReader.read(log, LogReader.plan(log, claim.options()), 1, null, rows -> {});
    }
}
