package dynoai.dashboard.recipes;

import dynoai.dashboard.runs.Fields;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run of a recipe: its state, steps and logs. The values of its Context are not read, since they may have secrets.
 *
 * @param shop the shop of the pipeline's run; empty for a run started by hand
 * @param folder the folder of the run; it may be missing if the run has not started
 * @param end the file that says how it ended
 */
public record RecipeRunView(String recipe, String shop, String run, Path folder, Path end) {
    private static final int MAX_END_BYTES = 4 << 20;
    private static final int MAX_MESSAGE_CHARACTERS = 2_000;
    private static final int MAX_STEPS = 1_000;
    private static final int MAX_FILES = 10_000;
    private static final int MAX_LOG_BYTES = 256 << 10;
    private static final String UNREADABLE = "unreadable";
    private static final String LOG = ".log";
    private static final String SNAPSHOT = ".json";

    /** Returns the run in a folder {@code RECIPE/RUN}; empty if it has none. */
    static Optional<RecipeRunView> byHand(Path folder) {
        RecipeRunView view =
                new RecipeRunView(name(folder.getParent()), "", name(folder), folder, folder.resolve("outcome.json"));
        return view.attributes(view.begun()).map(begun -> view);
    }

    /** Returns the run of an event in a folder {@code RECIPE/SHOP/RUN}; empty if it has none. */
    static Optional<RecipeRunView> ofEvent(Path event) {
        Path shop = event.resolve("..").normalize();
        RecipeRunView view = new RecipeRunView(
                name(shop.getParent()), name(shop), name(event), event.resolve("run"), event.resolve("end.json"));
        return view.attributes(view.begun()).map(begun -> view);
    }

    private static String name(@Nullable Path folder) {
        return folder == null ? "" : String.valueOf(folder.getFileName());
    }

    private Path begun() {
        return shop.isEmpty() ? folder.resolve("run.json") : end.resolveSibling("event.json");
    }

    /** Returns the attributes of a regular file; empty if there is no such file. */
    private Optional<BasicFileAttributes> attributes(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(attributes) : Optional.empty();
        } catch (IOException ignored) { // There is no such file, or it cannot be read.
            return Optional.empty();
        }
    }

    /** Returns the state, its times and its message. */
    public Map<String, @Nullable Object> summary() throws IOException {
        return fields().map();
    }

    private Fields fields() throws IOException {
        Optional<JsonTree> ended = ended();
        String message = ended.map(tree -> tree.at("message").text()).orElse("");
        return new Fields()
                .put("recipe", recipe)
                .put("shop", shop.isEmpty() ? null : shop)
                .put("run", run)
                .put("state", state(ended))
                .put("started_ms", millis(begun()))
                .put("ended_ms", millis(end))
                .put("retries", ended.map(tree -> tree.at("retries").whole()).orElse(0L))
                .put("message", message.substring(0, Math.min(MAX_MESSAGE_CHARACTERS, message.length())))
                .put("steps_done", names("steps", SNAPSHOT).size());
    }

    /** Returns the summary and the steps that have started. */
    public Map<String, @Nullable Object> details() throws IOException {
        Map<String, BasicFileAttributes> logs = logs();
        Set<String> done = names("steps", SNAPSHOT);
        boolean over = ended().isPresent();
        List<Map.Entry<String, BasicFileAttributes>> inOrder = new ArrayList<>(logs.entrySet());
        inOrder.sort(Comparator.comparing((Map.Entry<String, BasicFileAttributes> log) ->
                        log.getValue().lastModifiedTime())
                .thenComparing(Map.Entry::getKey));
        List<Object> steps = new ArrayList<>();
        for (Map.Entry<String, BasicFileAttributes> log : inOrder.subList(0, Math.min(MAX_STEPS, inOrder.size()))) {
            steps.add(new Fields()
                    .put("step", log.getKey())
                    .put("state", done.contains(log.getKey()) ? "done" : over ? "failed" : "unfinished")
                    .put("changed_ms", log.getValue().lastModifiedTime().toMillis())
                    .put("log_bytes", log.getValue().size())
                    .map());
        }
        return fields().put("steps", steps).put("steps_total", logs.size()).map();
    }

    /** Returns the end of a step's log, from the beginning of a line; empty if there is no such log. */
    public Optional<Map<String, @Nullable Object>> log(String step) throws IOException {
        Path file = folder.resolve("logs").resolve(step + LOG);
        if (!RecipeRuns.isName(step) || !isFolder(folder) || !isFolder(folder.resolve("logs"))) {
            return Optional.empty();
        }
        Optional<BasicFileAttributes> attributes = attributes(file);
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long size = channel.size();
            boolean cut = size > MAX_LOG_BYTES;
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MAX_LOG_BYTES, size));
            channel.position(size - bytes.capacity());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return Optional.of(new Fields()
                    .put("step", step)
                    .put("bytes", size)
                    .put("cut", cut)
                    .put("text", cut ? text.substring(text.indexOf('\n') + 1) : text)
                    .map());
        } catch (NoSuchFileException ignored) { // It was just removed.
            return Optional.empty();
        }
    }

    private String state(Optional<JsonTree> ended) {
        if (ended.isPresent()) {
            JsonTree tree = ended.get();
            return tree.at(UNREADABLE).flag() ? UNREADABLE : tree.at("ok").flag() ? "done" : "failed";
        }
        return isFolder(folder) ? "unfinished" : "waiting";
    }

    private Optional<JsonTree> ended() {
        if (attributes(end).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonTree(Json.read(SmallFile.read(end, MAX_END_BYTES, LinkOption.NOFOLLOW_LINKS))));
        } catch (NoSuchFileException ignored) { // It was just removed.
            return Optional.empty();
        } catch (IOException e) { // One damaged file must not hide the other runs.
            return Optional.of(new JsonTree(Map.of(UNREADABLE, true, "message", String.valueOf(e.getMessage()))));
        }
    }

    private @Nullable Object millis(Path file) {
        return attributes(file)
                .map(attributes -> (Object) attributes.lastModifiedTime().toMillis())
                .orElse(null);
    }

    private static boolean isFolder(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private Map<String, BasicFileAttributes> logs() throws IOException {
        Map<String, BasicFileAttributes> logs = new HashMap<>();
        for (String step : names("logs", LOG)) {
            attributes(folder.resolve("logs").resolve(step + LOG)).ifPresent(file -> logs.put(step, file));
        }
        return logs;
    }

    /** Returns the names of the files of a subfolder without the ending. */
    private Set<String> names(String subfolder, String ending) throws IOException {
        Set<String> names = new HashSet<>();
        Path parent = folder.resolve(subfolder);
        if (!isFolder(folder) || !isFolder(parent)) {
            return names;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent)) {
            for (Path file : found) {
                String name = name(file);
                if (names.size() < MAX_FILES && name.endsWith(ending) && RecipeRuns.isName(name)) {
                    names.add(name.substring(0, name.length() - ending.length()));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException ignored) {
            return Set.of(); // It was just removed.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }
}
