package dynoai.schemas.log;

import dynoai.schemas.run.FailureCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a log was rejected, for people and for programs: the content of {@code reason.json}.
 *
 * @param line line of the log from 1, or 0 if the reason concerns no line
 * @param column header or number of the column, or empty
 * @param found what was found, or empty
 * @param accepted what would have been accepted, or empty
 * @param message all of it as one paragraph
 * @param hint what to do about it, or empty
 */
public record Rejection(
        FailureCode code, long line, String column, String found, String accepted, String message, String hint) {
    private static final int MAX_CHARACTERS = 8_000;

    public static Rejection of(FailureCode code, String message, String hint) {
        return new Rejection(code, 0, "", "", "", message, hint);
    }

    /** Returns a rejection whose message says where in the file the reason is. */
    public static Rejection of(
            FailureCode code, String file, long line, String column, String found, String accepted, String hint) {
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
        return new Rejection(
                code, line, column, found, accepted, text.append('.').toString(), hint);
    }

    /** Returns the same with shorter texts, because they may quote a header of a mebibyte. */
    public Rejection bounded() {
        return new Rejection(
                code, line, bounded(column), bounded(found), bounded(accepted), bounded(message), bounded(hint));
    }

    private static String bounded(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("code", code.name());
        map.put("line", line);
        map.put("column", column);
        map.put("found", found);
        map.put("accepted", accepted);
        map.put("message", message);
        map.put("hint", hint);
        return map;
    }

    /** Reads what {@link #toMap} wrote; a missing field is empty. */
    public static Rejection ofMap(Map<?, ?> map) {
        return new Rejection(
                FailureCode.ofName(text(map, "code")),
                map.get("line") instanceof Number line ? line.longValue() : 0,
                text(map, "column"),
                text(map, "found"),
                text(map, "accepted"),
                text(map, "message"),
                text(map, "hint"));
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }
}
