package dynoai.automation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.Change;
import dynoai.automation.context.Context;
import dynoai.automation.context.StrictJson;
import dynoai.automation.recipe.Recipe;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a run of a recipe: {@code run.json} (the recipe and the initial Context), {@code steps/ID.json} for each
 * finished step (its changes and the Context after it), {@code logs/ID.log}, and at the end {@code outcome.json}. JSON files
 * are written atomically.
 */
public final class RecipeRunFolder {
    /** The folder of the runs that are started by hand, in the working folder; each is in {@code RECIPE/RUN}. */
    public static final Path ALL_RUNS = Path.of("recipe-runs");

    private final Path folder;

    private RecipeRunFolder(Path folder) {
        this.folder = folder;
    }

    /** Begins a run in a new or empty folder. */
    public static RecipeRunFolder begin(Path folder, Recipe recipe, ObjectNode startContext) throws IOException {
        if (Files.exists(folder.resolve("run.json"))) {
            throw new IOException(folder + " already has a run; resume it or use another folder");
        }
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            restrictToOwner(folder);
        }
        RecipeRunFolder run = new RecipeRunFolder(folder);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("recipe", recipe.file().toString());
        json.put("recipe_sha256", recipe.sha256());
        json.set("context", startContext);
        run.write("run.json", json);
        return run;
    }

    /** Inputs and results of steps may have a password, and a resumed run needs it as it is. */
    private static void restrictToOwner(Path folder) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    /**
     * Resumes a run.
     *
     * @throws IOException if there is no run, or it is a run of another recipe
     */
    public static RecipeRunFolder resume(Path folder, Recipe recipe) throws IOException {
        if (!Files.exists(folder.resolve("run.json"))) {
            throw new IOException(folder + " has no run that can be resumed");
        }
        RecipeRunFolder run = new RecipeRunFolder(folder);
        String began = run.recipeSha256();
        if (!began.equals(recipe.sha256())) {
            throw new IOException(folder + " has a run of another version of " + recipe.file() + " (sha256 " + began
                    + ", now " + recipe.sha256() + "); start a new run");
        }
        return run;
    }

    /** Whether a run of this version of the recipe was begun in the folder. */
    public static boolean isOf(Path folder, Recipe recipe) throws IOException {
        return Files.exists(folder.resolve("run.json"))
                && new RecipeRunFolder(folder).recipeSha256().equals(recipe.sha256());
    }

    private String recipeSha256() throws IOException {
        return read("run.json").path("recipe_sha256").asText();
    }

    /** Whether a run was begun in this folder and has not succeeded. */
    public static boolean isUnfinished(Path folder) {
        Path outcome = folder.resolve("outcome.json");
        try {
            return Files.exists(folder.resolve("run.json"))
                    && !(Files.exists(outcome)
                            && StrictJson.MAPPER
                                    .readTree(outcome.toFile())
                                    .path("ok")
                                    .asBoolean());
        } catch (IOException ignored) { // an unreadable outcome is not a success
            return true;
        }
    }

    /**
     * Marks the run as running until the lock is closed.
     *
     * @throws IOException if it is running
     */
    LockFile lock() throws IOException {
        try {
            return LockFile.acquire(folder.resolve("run.lock"));
        } catch (LockFile.HeldException e) {
            throw new IOException("the run in " + folder + " is running: " + e.holder(), e);
        }
    }

    public Path path() {
        return folder;
    }

    ObjectNode startContext() throws IOException {
        return read("run.json").withObject("/context");
    }

    Path logFile(String id) {
        return folder.resolve("logs").resolve(id + ".log");
    }

    Path runningFolder() {
        return folder.resolve("running");
    }

    Optional<List<Change>> finished(String id) throws IOException {
        if (!Files.exists(folder.resolve("steps").resolve(id + ".json"))) {
            return Optional.empty();
        }
        List<Change> changes = new ArrayList<>();
        for (JsonNode change : read("steps/" + id + ".json").path("changes")) {
            changes.add(Change.fromJson(change));
        }
        return Optional.of(changes);
    }

    void finish(String id, List<Change> changes, Context after) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("step", id);
        ArrayNode array = json.putArray("changes");
        changes.forEach(change -> array.add(change.toJson()));
        json.set("context", after.toMap());
        write("steps/" + id + ".json", json);
    }

    void end(RecipeOutcome outcome) throws IOException {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("ok", outcome.ok()).put("message", outcome.message());
        json.set("context", outcome.shown());
        write("outcome.json", json);
    }

    private JsonNode read(String name) throws IOException {
        return StrictJson.MAPPER.readTree(folder.resolve(name).toFile());
    }

    private void write(String name, ObjectNode json) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(AtomicFile.folderOf(file));
        AtomicFile.write(
                file, StrictJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }
}
