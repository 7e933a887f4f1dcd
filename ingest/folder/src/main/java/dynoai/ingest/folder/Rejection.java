package dynoai.ingest.folder;

import dynoai.schemas.log.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a log was put aside, as it stands in {@code reason.json}.
 *
 * @param code for programs, for example {@code MISSING_COLUMNS}
 * @param line line of the log from 1, or 0 where none is to blame
 * @param column header of the column to blame, or empty
 * @param found what was found, or empty
 * @param accepted what would have been accepted, or empty
 */
public record Rejection(
        String code, long line, String column, String found, String accepted, String message, String hint) {

    public static Rejection of(Refusal refusal) {
        return new Rejection(
                refusal.code().name(),
                refusal.line(),
                refusal.column(),
                refusal.found(),
                refusal.accepted(),
                refusal.message(),
                refusal.hint());
    }

    public static Rejection of(String code, String message, String hint) {
        return new Rejection(code, 0, "", "", "", message, hint);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("code", code);
        map.put("line", line);
        map.put("column", column);
        map.put("found", found);
        map.put("accepted", accepted);
        map.put("message", message);
        map.put("hint", hint);
        return map;
    }

    static Rejection ofMap(Map<?, ?> map) {
        ClaimFields fields = new ClaimFields(map);
        return new Rejection(
                fields.text("code"),
                fields.number("line"),
                fields.text("column"),
                fields.text("found"),
                fields.text("accepted"),
                fields.text("message"),
                fields.text("hint"));
    }
}
