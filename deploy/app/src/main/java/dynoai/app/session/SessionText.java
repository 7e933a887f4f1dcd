package dynoai.app.session;

import dynoai.engine.session.Session;
import dynoai.engine.session.SessionMarks;
import dynoai.engine.session.SessionRun;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.verdict.Corrections;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.schemas.grid.Cylinder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Sessions and their runs in words and as JSON. */
final class SessionText {
    private SessionText() {}

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static String runs(Session session) {
        int count = session.runs().size();
        return count == 0 ? "no run yet" : count + (count == 1 ? " run" : " runs");
    }

    /** Returns the largest corrections of both cylinders in words. */
    static String largest(Path folder, Manifest manifest) throws IOException {
        Corrections corrections = Corrections.read(folder, manifest);
        return "front " + corrections.front().largestWords() + "; rear "
                + corrections.rear().largestWords();
    }

    static Map<String, @Nullable Object> toJson(Session session) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", session.id());
        json.put("shop", session.place().shop());
        json.put("cell", session.place().cell());
        json.put("bike", session.place().bike());
        json.put("begun_at", time(session.begunMillis()));
        json.put("latest_at", time(session.latestMillis()));
        json.put("current", session.current());
        json.put("runs", session.runs().size());
        return json;
    }

    static Map<String, @Nullable Object> toJson(SessionRun run, Manifest manifest, SessionMarks marks)
            throws IOException {
        Corrections corrections = Corrections.read(run.folder(), manifest);
        OptionalLong applied = marks.appliedMillis(run.runId());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run_id", run.runId());
        json.put("log", manifest.text("input", "path"));
        json.put("started_at", time(run.startedMillis()));
        json.put("applied_at", applied.isPresent() ? time(applied.getAsLong()) : null);
        for (Cylinder cylinder : Cylinder.values()) {
            CylinderFigures.Largest largest = corrections.of(cylinder).largest();
            json.put(cylinder.key() + "_largest_pct", largest == null ? null : (Object) largest.percent());
        }
        return json;
    }
}
