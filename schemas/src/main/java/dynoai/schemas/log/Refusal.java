package dynoai.schemas.log;

/**
 * Why a log was refused as a whole, for a person and for a program.
 *
 * @param code what is wrong
 * @param file name of the log
 * @param line line in the file from 1, or 0 where no line is to blame
 * @param column header or number of the column, or empty
 * @param found what was found
 * @param accepted what would have been accepted
 * @param hint what to do about it
 */
public record Refusal(
        RefusalCode code, String file, long line, String column, String found, String accepted, String hint) {

    /** One paragraph that says all of it. */
    public String message() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(", line ").append(line);
        }
        if (!column.isEmpty()) {
            text.append(", column ").append(column);
        }
        text.append(": ").append(code.title()).append(": ").append(found);
        if (!accepted.isEmpty()) {
            text.append(". Accepted: ").append(accepted);
        }
        if (!hint.isEmpty()) {
            text.append(". Hint: ").append(hint);
        }
        return text.append('.').toString();
    }
}
