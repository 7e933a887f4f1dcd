package dynoai.schemas.upload;

import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an uploaded log ended.
 *
 * @param failure why the log was rejected or its run failed; empty when the run folder is on the shelf
 * @param sent whether the log became a run
 * @param duplicateOf the earlier run of the same bytes and options, or empty
 */
public record UploadEnd(Optional<Rejection> failure, boolean sent, String duplicateOf, Instant time) {

    /** The state of the upload: {@code done}, {@code failed}, {@code duplicate} or {@code rejected}. */
    public String state() {
        if (failure.isEmpty()) {
            return "done";
        }
        if (failure.get().code() == FailureCode.DUPLICATE) {
            return "duplicate";
        }
        return sent ? "failed" : "rejected";
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("state", state());
        failure.ifPresent(why -> map.put("reason", why.toMap()));
        map.put("sent", sent);
        map.put("duplicate_of", duplicateOf);
        map.put("time", time.toString());
        return map;
    }

    static UploadEnd ofMap(UploadFields fields) {
        return new UploadEnd(
                fields.json().at("reason").value() instanceof Map<?, ?> reason
                        ? Optional.of(Rejection.ofMap(reason))
                        : Optional.empty(),
                fields.flag("sent"),
                fields.text("duplicate_of"),
                fields.time("time"));
    }
}
