package dynoai.catalogue.run;

/**
 * Why a log was rejected, why a run failed, or a warning about a run.
 *
 * @param code the failure code; empty for a warning
 * @param line line of the log from 1, or 0 if the reason concerns no line
 * @param column header of the column, or empty
 * @param message for people; empty if there is only a code
 * @param hint what to do about it, or empty
 * @param duplicateOf the earlier run of the same bytes and options; empty for none
 */
public record Notice(String code, long line, String column, String message, String hint, String duplicateOf) {
    public static final Notice NONE = new Notice("", 0, "", "", "", "");

    public static Notice of(String code, String message) {
        return new Notice(code, 0, "", message, "", "");
    }

    /** Returns the other notice if this one is empty or has no more than the same code. */
    Notice orFuller(Notice other) {
        return isEmpty() || message.isEmpty() && other.code.equals(code) ? other : this;
    }

    public boolean isEmpty() {
        return code.isEmpty() && message.isEmpty();
    }
}
