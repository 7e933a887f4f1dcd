package dynoai.app.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.app.console.CommandException;
import dynoai.automation.context.StrictJson;
import dynoai.automation.event.RunCompleted;
import dynoai.automation.event.RunFolderSource;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.shelf.RunCopies;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run folders that bound recipes read: those of a folder, or copies of runs at an address. Only recipes use these copies, so
 * that a copy is not deleted while a recipe reads it.
 */
public final class RecipeRunFolders implements RunFolderSource {
    private static final Logger LOG = LoggerFactory.getLogger(RecipeRunFolders.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
    private static final String READER = "recipes";

    private final Path runs;
    private final @Nullable RunCopies copies;

    private RecipeRunFolders(Path runs, @Nullable RunCopies copies) {
        this.runs = runs;
        this.copies = copies;
    }

    /** @param data data directory, which has the copies */
    public static RecipeRunFolders of(StorageLocation runs, Path data) throws CommandException {
        if (runs.isFolder()) {
            return new RecipeRunFolders(runs.folder(), null);
        }
        Path folder = data.resolve(READER).resolve("runs");
        return new RecipeRunFolders(folder, runs.copies(data, folder, READER));
    }

    /** Returns the event of a published run; empty if it is not in its place. A copy of its folder need not exist yet. */
    public Optional<RunCompleted> event(RunResult result) throws IOException {
        Path folder;
        byte @Nullable [] manifest;
        if (copies == null) {
            folder = runs.resolve(result.folder()).normalize();
            manifest = folder.startsWith(runs.normalize()) ? manifestIn(folder) : null;
        } else {
            try {
                folder = copies.folderOf(result.key());
                manifest = copies.shelf()
                        .find(result.key())
                        .map(run -> run.manifest().bytes())
                        .orElse(null);
            } catch (UnsafePathException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        if (manifest == null) {
            LOG.warn("run {} not passed to recipes: {} has no manifest", result.key(), folder);
            return Optional.empty();
        }
        if (!(StrictJson.MAPPER.readTree(manifest) instanceof ObjectNode object)) {
            LOG.warn("run {} not passed to recipes: {} is not a manifest", result.key(), folder);
            return Optional.empty();
        }
        return Optional.of(new RunCompleted(
                result.key().shop(), result.cell(), result.key().runId(), folder, object));
    }

    /** @throws IOException if the folder of runs is missing, which may be a file system that is not mounted */
    private byte @Nullable [] manifestIn(Path folder) throws IOException {
        try {
            return Files.readAllBytes(RunFolderLayout.manifestIn(folder));
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(runs)) {
                throw e;
            }
            return null;
        }
    }

    @Override
    public void provide(RunCompleted event) throws IOException, InterruptedException {
        if (copies == null) {
            return;
        }
        RunKey run = new RunKey(event.shop(), event.runId());
        for (String reported = ""; ; Thread.sleep(RETRY_DELAY.toMillis())) {
            try {
                if (!Files.exists(copies.fetch(run))) {
                    throw new NoSuchFileException(copies.shelf().location(run));
                }
                return;
            } catch (StoreUnavailableException e) {
                String why = String.valueOf(e.getMessage());
                if (!why.equals(reported)) {
                    LOG.warn("the recipes of run {} wait: {}", run, why);
                    reported = why;
                }
            } catch (UnsafePathException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
