package dynoai.schemas.record;

import dynoai.schemas.run.RunId;

/** The key of a run on the run log, of its outcome and of its result, written {@code shop/run_id}. */
public record RunKey(String shop, String runId) {
    /** The shop of logs that are directly in the drop folder. */
    public static final String LOCAL_SHOP = "local";

    public RunKey {
        if (!RunId.isValid(shop) || !RunId.isValid(runId)) {
            throw new IllegalArgumentException("not a valid run key: '" + shop + "/" + runId + "'");
        }
    }

    /** Whether a text is a key as of {@link #toString}. */
    public static boolean isKey(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && RunId.isValid(text.substring(0, slash)) && RunId.isValid(text.substring(slash + 1));
    }

    public static RunKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a valid run key: '" + text + "'");
        }
        return new RunKey(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return shop + '/' + runId;
    }
}
