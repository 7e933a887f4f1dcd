package dynoai.engine.session;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What was marked about the runs of a shop: where sessions begin, and which runs were applied. The marks are lines of a file
 * next to the run folders, which is only appended to. A line that cannot be read is left out.
 */
public final class SessionMarks {
    /** The folder of marks and maps in a folder of runs. */
    public static final String FOLDER = ".sessions";

    private static final String FILE = "marks.jsonl";
    private static final int MAX_BYTES = 16 << 20;
    private static final String BEGUN = "begun";
    private static final String APPLIED = "applied";
    private static final String NOT_APPLIED = "not_applied";
    private static final String NOTE = "note";

    /** Most characters of a note. */
    public static final int MAX_NOTE_CHARACTERS = 1000;

    private final Map<String, List<Long>> beginnings = new HashMap<>();
    private final Map<String, Long> applied = new HashMap<>();
    private final Map<String, List<Note>> notes = new HashMap<>();
    private int unreadable;

    /** A note about a run. */
    public record Note(long atMillis, String by, String text) {}

    private SessionMarks() {}

    /**
     * Reads the marks of a shop.
     *
     * @param runs the folder that contains its run folders
     */
    public static SessionMarks of(Path runs) throws IOException {
        SessionMarks marks = new SessionMarks();
        byte[] bytes;
        try {
            bytes = SmallFile.read(fileIn(runs), MAX_BYTES, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException ignored) {
            return marks; // Nothing was marked yet.
        }
        new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(marks::read);
        return marks;
    }

    /** Returns the size of a shop's marks, which grows with each mark; 0 without marks. */
    public static long bytes(Path runs) throws IOException {
        try {
            return Files.size(fileIn(runs));
        } catch (NoSuchFileException ignored) {
            return 0;
        }
    }

    private void read(String line) {
        try {
            JsonTree mark = new JsonTree(Json.read(line.getBytes(StandardCharsets.UTF_8)));
            long at = Instant.parse(mark.at("at").text()).toEpochMilli();
            switch (mark.at("mark").text()) {
                case BEGUN ->
                    beginnings
                            .computeIfAbsent(
                                    key(mark.at("cell").text(), mark.at("bike").text()), key -> new ArrayList<>())
                            .add(at);
                case APPLIED -> mark.at("runs").items().forEach(run -> applied.putIfAbsent(run.text(), at));
                case NOT_APPLIED -> mark.at("runs").items().forEach(run -> applied.remove(run.text()));
                case NOTE ->
                    notes.computeIfAbsent(mark.at("run").text(), run -> new ArrayList<>())
                            .add(new Note(
                                    at, mark.at("by").text(), mark.at("text").text()));
                default -> unreadable++;
            }
        } catch (IOException | DateTimeException e) {
            unreadable++;
        }
    }

    /** Begins a new session of a bike. */
    public static void begin(Path runs, Place place, Instant at) throws IOException {
        Map<String, Object> mark = new LinkedHashMap<>();
        mark.put("at", at.toString());
        mark.put("mark", BEGUN);
        mark.put("cell", place.cell());
        mark.put("bike", place.bike());
        append(runs, mark);
    }

    /**
     * Marks runs as applied, so that the next run shows what the change did.
     *
     * @param by how, as {@code ve apply} or {@code by hand}
     */
    public static void apply(Path runs, List<String> runIds, String by, Instant at) throws IOException {
        append(runs, applied(APPLIED, runIds, by, at));
    }

    /**
     * Marks the runs behind the factors of a folder as applied: the run itself, or all runs of an accumulated map.
     *
     * @param folder a run folder or a map; one that is not in a folder of runs is not marked
     * @return the runs that were marked
     */
    public static List<String> applyFolder(Path folder, String by, Instant at) throws IOException {
        Path place = folder.toAbsolutePath().normalize();
        Path above = AtomicFile.folderOf(place);
        Manifest manifest = ManifestReader.read(place);
        List<String> runIds = new ArrayList<>();
        runIds.addAll(SessionMap.runsOf(manifest));
        if (!runIds.isEmpty()) {
            if (!above.endsWith(FOLDER)) {
                return List.of();
            }
            above = AtomicFile.folderOf(above);
        } else if (place.endsWith(manifest.runId()) || Files.exists(fileIn(above))) {
            runIds.add(place.getFileName().toString());
        } else {
            return List.of();
        }
        apply(above, runIds, by, at);
        return runIds;
    }

    /** Takes the marks of {@link #apply} back. */
    public static void undoApply(Path runs, List<String> runIds, String by, Instant at) throws IOException {
        append(runs, applied(NOT_APPLIED, runIds, by, at));
    }

    /**
     * Adds a note to a run.
     *
     * @param text of at most {@value #MAX_NOTE_CHARACTERS} characters on one line
     * @throws IllegalArgumentException for another text
     */
    public static void note(Path runs, String runId, String text, String by, Instant at) throws IOException {
        if (text.isBlank()
                || text.length() > MAX_NOTE_CHARACTERS
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a note has 1 to " + MAX_NOTE_CHARACTERS + " characters on one line, without control characters");
        }
        Map<String, Object> mark = new LinkedHashMap<>();
        mark.put("at", at.toString());
        mark.put("mark", NOTE);
        mark.put("run", runId);
        mark.put("by", by);
        mark.put("text", text.strip());
        append(runs, mark);
    }

    private static Map<String, Object> applied(String kind, List<String> runIds, String by, Instant at) {
        Map<String, Object> mark = new LinkedHashMap<>();
        mark.put("at", at.toString());
        mark.put("mark", kind);
        mark.put("runs", runIds);
        mark.put("by", by);
        return mark;
    }

    /** Appends a line in one write. A line that a crash left unfinished is ended first. */
    private static void append(Path runs, Map<String, Object> mark) throws IOException {
        Path file = fileIn(runs);
        Files.createDirectories(file.resolveSibling(""));
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is not a regular file");
        }
        byte[] line = Json.canonical(mark);
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 2);
        if (!endsWithLine(file)) {
            bytes.put((byte) '\n');
        }
        bytes.put(line).put((byte) '\n').flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static boolean endsWithLine(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return true;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(last, channel.size() - 1);
        }
        return last.get(0) == '\n';
    }

    private static Path fileIn(Path runs) {
        return runs.resolve(FOLDER).resolve(FILE);
    }

    private static String key(String cell, String bike) {
        return cell + '/' + bike;
    }

    /** Returns when sessions of a bike were begun, in the order of the marks. */
    List<Long> beginnings(Place place) {
        return beginnings.getOrDefault(key(place.cell(), place.bike()), List.of());
    }

    /** Returns when a run was applied; empty if it was not. */
    public OptionalLong appliedMillis(String runId) {
        Long at = applied.get(runId);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** Returns the runs that were applied or have notes. */
    public Set<String> runs() {
        Set<String> runs = new HashSet<>(applied.keySet());
        runs.addAll(notes.keySet());
        return runs;
    }

    /** Returns the notes about a run, oldest first. */
    public List<Note> notes(String runId) {
        return notes.getOrDefault(runId, List.of());
    }

    /** Returns the number of lines that were left out. */
    public int unreadable() {
        return unreadable;
    }
}
