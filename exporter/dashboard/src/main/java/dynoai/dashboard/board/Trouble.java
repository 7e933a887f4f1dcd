package dynoai.dashboard.board;

/**
 * What must be said about a run or a log.
 *
 * @param code for programs; empty for a mere warning
 * @param line line of the log from 1; 0 where none is to blame
 * @param column header of the column to blame, or empty
 * @param message empty when there is nothing to say
 * @param hint what to do about it, or empty
 */
public record Trouble(String code, long line, String column, String message, String hint) {
    public static final Trouble NONE = new Trouble("", 0, "", "", "");

    public static Trouble of(String code, String message) {
        return new Trouble(code, 0, "", message, "");
    }

    /** This, unless the other says more: of the same trouble one side may know no more than its code. */
    Trouble orFuller(Trouble other) {
        return isNone() || message.isEmpty() && other.code.equals(code) ? other : this;
    }

    public boolean isNone() {
        return code.isEmpty() && message.isEmpty();
    }
}
