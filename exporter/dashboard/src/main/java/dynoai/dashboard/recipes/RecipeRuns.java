package dynoai.dashboard.recipes;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the runs of recipes: {@code RECIPE/RUN} of those started by hand, {@code RECIPE/SHOP/RUN} of those started by the
 * pipeline. Links in the two folders are not followed.
 *
 * @param byHand the folder of runs started by hand; it may be missing
 * @param events the folder of events of the pipeline; it may be missing
 */
public record RecipeRuns(Path byHand, Path events) {
    private static final int MAX_RUNS = 20_000;
    private static final int MAX_NAME_CHARACTERS = 200;

    /** Returns the runs, newest run id first. */
    public List<RecipeRunView> all() throws IOException {
        List<RecipeRunView> runs = new ArrayList<>();
        for (Path recipe : folders(byHand)) {
            for (Path run : folders(recipe)) {
                add(runs, RecipeRunView.byHand(run));
            }
        }
        for (Path recipe : folders(events)) {
            for (Path shop : folders(recipe)) {
                for (Path event : folders(shop)) {
                    add(runs, RecipeRunView.ofEvent(event));
                }
            }
        }
        runs.sort(Comparator.comparing(RecipeRunView::run)
                .reversed()
                .thenComparing(RecipeRunView::recipe)
                .thenComparing(RecipeRunView::shop));
        return runs;
    }

    private static void add(List<RecipeRunView> runs, Optional<RecipeRunView> run) {
        if (runs.size() < MAX_RUNS) {
            run.ifPresent(runs::add);
        }
    }

    /** @param shop empty for a run started by hand */
    public Optional<RecipeRunView> find(String recipe, String shop, String run) {
        if (shop.isEmpty()) {
            return inside(byHand, recipe, run).flatMap(RecipeRunView::byHand);
        }
        return inside(events, recipe, shop, run).flatMap(RecipeRunView::ofEvent);
    }

    private static Optional<Path> inside(Path root, String... names) {
        Path folder = root;
        for (String name : names) {
            if (!isName(name)) {
                return Optional.empty();
            }
            folder = folder.resolve(name);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
        }
        return Optional.of(folder);
    }

    /** Whether a text is the name of a file in a folder that is not hidden. */
    static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME_CHARACTERS
                && !text.startsWith(".")
                && text.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    }

    private static List<Path> folders(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, RecipeRuns::isShown)) {
            for (Path folder : found) {
                if (folders.size() == MAX_RUNS) {
                    break;
                }
                folders.add(folder);
            }
        } catch (NoSuchFileException | NotDirectoryException ignored) {
            return List.of(); // There are no runs, or not any more.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return folders;
    }

    private static boolean isShown(Path folder) {
        return isName(String.valueOf(folder.getFileName())) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }
}
