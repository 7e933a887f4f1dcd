package dynoai.engine.retention;

/** Why something stays that the policy lets go. */
enum Guard {
    YOUNG("younger than a day, or than 31 days for a stored log since its last use"),
    LAST("the last run of its bike"),
    IN_FLIGHT("in flight"),
    REFERENCED("applied, noted, or in the map of a session"),
    OTHER_FILES("next to the files of its run it holds others"),
    NO_DATE("its manifest has no valid created_at"),
    USED("a run folder that stays needs it"),
    REPLAY("only its record is left, which a replay of the log in the store needs"),
    CHANGED("it changed while it was to be removed");

    private final String words;

    Guard(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
