package dynoai.engine.retention;

import java.util.Locale;

/** What retention removes, in the order of removal: what refers to something goes before it. */
public enum RetentionKind {
    /** Accumulated maps of sessions. */
    MAPS("map"),
    /** Run folders. */
    RUNS("run"),
    /** Logs of runs, in the drop folder. */
    DONE("done log"),
    REJECTED("rejected log"),
    DUPLICATES("duplicate"),
    /** Logs and base tables in the store. */
    LOGS("stored log");

    private final String noun;

    RetentionKind(String noun) {
        this.noun = noun;
    }

    /** The name in a policy. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of one. */
    public String noun() {
        return noun;
    }
}
