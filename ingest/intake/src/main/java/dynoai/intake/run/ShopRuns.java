package dynoai.intake.run;

import dynoai.exporter.shelf.Bundle;
import dynoai.exporter.shelf.CheckedStream;
import dynoai.exporter.shelf.RunShelf;
import dynoai.exporter.shelf.ShelvedRun;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.upload.Upload;
import dynoai.schemas.upload.UploadEnd;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs that came from uploads: their state from the store of uploads, their files from the shelf. */
public final class ShopRuns {
    private final Uploads uploads;
    private final RunShelf shelf;

    public ShopRuns(Uploads uploads, RunShelf shelf) {
        this.uploads = uploads;
        this.shelf = shelf;
    }

    /** Whether the run ended, or was never uploaded. */
    public boolean hasEnded(RunKey run) throws IOException {
        return uploads.end(run).isPresent() || uploads.find(run).isEmpty();
    }

    /** Returns the run as JSON; empty if it was not uploaded. */
    public Optional<Map<String, @Nullable Object>> json(RunKey run) throws IOException {
        Optional<Upload> upload = uploads.find(run);
        if (upload.isEmpty()) {
            return Optional.empty();
        }
        Optional<UploadEnd> end = uploads.end(run);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run_id", run.runId());
        json.put("shop", run.shop());
        json.put("cell", upload.get().cell());
        json.put("bike", upload.get().bike());
        json.put("name", upload.get().name());
        json.put("size", upload.get().size());
        json.put("sha256", upload.get().sha256());
        json.put("state", state(run, end));
        json.put(
                "reason",
                end.flatMap(UploadEnd::failure).map(why -> (Object) why.toMap()).orElse(null));
        json.put("duplicate_of", end.map(UploadEnd::duplicateOf).orElse(""));
        json.put("files", end.isPresent() && end.get().failure().isEmpty() ? files(run) : List.of());
        json.put("accepted_at", uploads.accepted(run).map(Instant::toString).orElse(null));
        json.put("ended_at", end.map(each -> each.time().toString()).orElse(null));
        return Optional.of(json);
    }

    /** Returns the JSON of a run that was not uploaded. */
    public static Map<String, @Nullable Object> unknown(RunKey run) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run_id", run.runId());
        json.put("state", "unknown");
        return json;
    }

    private String state(RunKey run, Optional<UploadEnd> end) throws IOException {
        if (end.isPresent()) {
            return end.get().state();
        }
        return uploads.accepted(run).isPresent() ? "accepted" : "uploading";
    }

    private List<Object> files(RunKey run) throws IOException {
        List<Object> files = new ArrayList<>();
        Optional<ShelvedRun> shelved = published(run);
        if (shelved.isPresent()) {
            for (String file : shelved.get().files()) {
                files.add(file(shelved.get(), file));
            }
        }
        return files;
    }

    private static Map<String, Object> file(ShelvedRun run, String file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file);
        json.put("bytes", Bundle.size(run, file));
        json.put("sha256", CheckedStream.sha256(run, file));
        return json;
    }

    /** Returns a run whose upload is done. */
    public Optional<ShelvedRun> done(RunKey run) throws IOException {
        return uploads.end(run).filter(end -> end.failure().isEmpty()).isPresent() ? published(run) : Optional.empty();
    }

    private Optional<ShelvedRun> published(RunKey run) throws IOException {
        try {
            return shelf.find(run);
        } catch (UnsafePathException e) {
            throw new IOException(e);
        }
    }

    /** The shelf that has the files. */
    public RunShelf shelf() {
        return shelf;
    }
}
