package dynoai.schemas.upload;

import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.record.RunKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a shop announced of a log that it uploads.
 *
 * @param run shop and id of the upload, and of the run that it becomes
 * @param bike empty if none is named
 * @param sha256 of all bytes
 * @param options all options of the analysis, with defaults
 * @param force run it even if it is a duplicate
 * @param created when the upload began, by the clock of the intake
 */
public record Upload(
        RunKey run,
        String cell,
        String bike,
        String name,
        long size,
        String sha256,
        Map<String, String> options,
        boolean force,
        Instant created) {

    public Upload {
        options = Map.copyOf(options);
    }

    /** Whether another announcement is of the same log with the same options, whenever it was made. */
    public boolean isSameLog(Upload other) {
        return other.createdAt(created).equals(this);
    }

    private Upload createdAt(Instant time) {
        return new Upload(run, cell, bike, name, size, sha256, options, force, time);
    }

    /** Returns the record of the whole log. */
    public LogAccepted accepted(Instant time) {
        return new LogAccepted(
                run.shop(), run.runId(), cell, bike, name, size, sha256, options, force, time.toEpochMilli());
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("shop", run.shop());
        map.put("run_id", run.runId());
        map.put("cell", cell);
        map.put("bike", bike);
        map.put("name", name);
        map.put("size", size);
        map.put("sha256", sha256);
        map.put("options", new TreeMap<>(options));
        map.put("force", force);
        map.put("created", created.toString());
        return map;
    }

    static Upload ofMap(UploadFields fields) {
        return new Upload(
                new RunKey(fields.text("shop"), fields.text("run_id")),
                fields.text("cell"),
                fields.text("bike"),
                fields.text("name"),
                fields.number("size"),
                fields.text("sha256"),
                fields.texts("options"),
                fields.flag("force"),
                fields.time("created"));
    }
}
