package dynoai.schemas.upload;

import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.store.StoreObjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The uploads in a store: {@code uploads/{shop}/{run_id}/} has what was announced, the parts that arrived, whether the log was
 * accepted, and how it ended. Every process that shares the store can continue with any upload. Thread-safe.
 */
public final class Uploads {
    private static final String ROOT = "uploads";
    private static final String ANNOUNCED = "info.json";
    private static final String ACCEPTED = "accepted.json";
    private static final String ACCEPTED_AT = "accepted";
    private static final String END = "end.json";
    private static final String ATTEMPT = "attempt.json";
    private static final String RECEIPT = "receipt";
    private static final String PARTS = "parts";
    private static final String SWEPT = "uploads-swept";

    private static final String ATTEMPT_FIELD = "attempt";

    private final StoreObjects objects;

    public Uploads(StoreObjects objects) {
        this.objects = objects;
    }

    /** A part of a log. */
    public record Part(String name, long offset, long bytes) {
        /** Returns the offset behind it. */
        public long end() {
            return offset + bytes;
        }
    }

    /** Stores an announcement. Returns false if there is an upload of this run, which stays as it is. */
    public boolean announce(Upload upload) throws IOException {
        return objects.create(name(upload.run(), ANNOUNCED), Json.write(upload.toMap()));
    }

    /** Returns what was announced. */
    public Optional<Upload> find(RunKey run) throws IOException {
        return read(run, ANNOUNCED, Upload::ofMap);
    }

    /**
     * Adds a part.
     *
     * @param draft a file in the store's folder of drafts, of at most {@link StoreObjects#MAX_BYTES}; the store may move it
     */
    public void addPart(RunKey run, long offset, Path draft) throws IOException {
        objects.put(name(run, PARTS) + '/' + String.format(Locale.ROOT, "%020d", offset), draft);
    }

    /** Returns the parts from the beginning of the log up to the first gap. */
    public List<Part> parts(RunKey run) throws IOException {
        List<Part> parts = new ArrayList<>();
        long end = 0;
        for (StoreObjects.Entry entry : objects.list(name(run, PARTS))) {
            long offset = Long.parseLong(entry.name().substring(entry.name().lastIndexOf('/') + 1));
            if (offset == end) {
                parts.add(new Part(entry.name(), offset, entry.bytes()));
                end += entry.bytes();
            }
        }
        return parts;
    }

    /** Opens parts as one stream. */
    public InputStream open(List<Part> parts) {
        List<InputStream> streams = new ArrayList<>();
        parts.forEach(part -> streams.add(new LazyPart(objects, part.name())));
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** Records that the log is whole, in the store and on its topic. */
    public void accept(Upload upload, Instant time) throws IOException {
        Map<String, Object> accepted = upload.toMap();
        accepted.put(ACCEPTED_AT, time.toString());
        objects.write(name(upload.run(), ACCEPTED), Json.write(accepted));
    }

    /** Returns when the log was accepted; empty while it has not been. */
    public Optional<Instant> accepted(RunKey run) throws IOException {
        return read(run, ACCEPTED, fields -> fields.time(ACCEPTED_AT));
    }

    /** Returns what was accepted, also if its announcement was deleted; empty while nothing was accepted. */
    public Optional<Upload> findAccepted(RunKey run) throws IOException {
        return read(run, ACCEPTED, Upload::ofMap);
    }

    /** Deletes the parts, of which the store has the log. */
    public void deleteParts(RunKey run) throws IOException {
        for (StoreObjects.Entry entry : objects.list(name(run, PARTS))) {
            objects.delete(entry.name());
        }
    }

    /**
     * Records how the log ended. The first end counts, also when a process that was stopped records another one later.
     *
     * @return whether this is the first
     */
    public boolean end(RunKey run, UploadEnd end) throws IOException {
        return objects.create(name(run, END), Json.write(end.toMap()));
    }

    /** Returns how the log ended; empty while it has not. */
    public Optional<UploadEnd> end(RunKey run) throws IOException {
        return read(run, END, UploadEnd::ofMap);
    }

    /** Records that the run is about to be sent under this attempt. */
    public void saveAttempt(RunKey run, int attempt) throws IOException {
        objects.write(name(run, ATTEMPT), Json.write(Map.of(ATTEMPT_FIELD, attempt)));
    }

    /** Returns the attempt under which the run was sent last, or may have been; 0 before the first. */
    public int attempt(RunKey run) throws IOException {
        return read(run, ATTEMPT, fields -> Math.toIntExact(fields.number(ATTEMPT_FIELD)))
                .orElse(0);
    }

    /** Records what finds the sent run again. */
    public void saveReceipt(RunKey run, String receipt) throws IOException {
        objects.write(name(run, RECEIPT), receipt.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what finds the sent run again; empty if it was not recorded. */
    public String receipt(RunKey run) throws IOException {
        return objects.read(name(run, RECEIPT))
                .map(receipt -> new String(receipt, StandardCharsets.UTF_8))
                .orElse("");
    }

    public void dropReceipt(RunKey run) throws IOException {
        objects.delete(name(run, RECEIPT));
    }

    /** Deletes an upload that was not accepted. */
    public void delete(RunKey run) throws IOException {
        deleteParts(run);
        withdraw(run);
    }

    /** Deletes an announcement. */
    public void withdraw(RunKey run) throws IOException {
        objects.delete(name(run, ANNOUNCED));
    }

    /**
     * An upload of any shop, as far as the names of its objects show it.
     *
     * @param ended when its end was written, by the clock of the store; empty while it has not ended
     */
    public record Found(RunKey run, boolean accepted, Optional<Instant> ended) {}

    /** Passes all uploads of all shops on. Of a deleted one, parts may be left. */
    public void forEach(Consumer<Found> uploads) throws IOException {
        Grouping grouping = new Grouping(uploads);
        objects.visit(ROOT, grouping);
        grouping.end();
    }

    /** Makes uploads of their objects, which are visited one upload after another. */
    private static final class Grouping implements StoreObjects.Visitor {
        private final Consumer<Found> uploads;
        private @Nullable RunKey run;
        private boolean accepted;
        private Optional<Instant> ended = Optional.empty();

        Grouping(Consumer<Found> uploads) {
            this.uploads = uploads;
        }

        @Override
        public void visit(StoreObjects.Entry object, Instant modified) {
            String[] parts = object.name().split("/", -1);
            if (parts.length < 4) {
                return;
            }
            RunKey next = new RunKey(parts[1], parts[2]);
            if (!next.equals(run)) {
                end();
                run = next;
                accepted = false;
                ended = Optional.empty();
            }
            accepted |= parts[3].equals(ACCEPTED);
            if (parts[3].equals(END)) {
                ended = Optional.of(modified);
            }
        }

        void end() {
            if (run != null) {
                uploads.accept(new Found(run, accepted, ended));
            }
        }
    }

    /** Deletes all objects of an upload that ended; the end itself last, so that a deletion that was cut is continued. */
    public void deleteEnded(RunKey run) throws IOException {
        for (StoreObjects.Entry entry : objects.list(ROOT + '/' + run.shop() + '/' + run.runId())) {
            if (!entry.name().equals(name(run, END))) {
                objects.delete(entry.name());
            }
        }
        objects.delete(name(run, END));
    }

    /** Returns when any process last began to look for uploads that expired. */
    public Optional<Instant> swept() throws IOException {
        return objects.read(SWEPT).map(time -> Instant.parse(new String(time, StandardCharsets.UTF_8)));
    }

    /** Records that this process begins to look for uploads that expired. */
    public void saveSwept(Instant time) throws IOException {
        objects.write(SWEPT, time.toString().getBytes(StandardCharsets.UTF_8));
    }

    private <T> Optional<T> read(RunKey run, String file, Function<UploadFields, T> parser) throws IOException {
        String name = name(run, file);
        Optional<byte[]> content = objects.read(name);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, ?> json = Json.readObject(content.get());
            return Optional.of(parser.apply(new UploadFields(new JsonTree(json))));
        } catch (IOException | RuntimeException e) {
            throw new InvalidUploadException(name + " in the store is not valid: " + e.getMessage(), e);
        }
    }

    private static String name(RunKey run, String file) {
        return ROOT + '/' + run.shop() + '/' + run.runId() + '/' + file;
    }
}
