package dynoai.engine.retention;

import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Removes what a policy lets go: first {@link #plan}, then {@link #apply}. Both may run next to the pipeline.
 *
 * <p>These stay whatever the policy says: what is in flight; what is younger than a day; the last run of each bike; runs that
 * were applied, have a note or are in the map of a session; run folders with files of other programs; files of the store that
 * a run folder needs, or that were used in the last 31 days.
 */
public final class Retention {
    private static final Set<RetentionKind> ARCHIVED =
            EnumSet.of(RetentionKind.DONE, RetentionKind.REJECTED, RetentionKind.DUPLICATES);

    private final RetentionFolders folders;
    private final RetentionEvents events;
    private final InstantSource clock;

    /**
     * Narrows what may go.
     *
     * @param shop the only shop; null for all
     * @param cell the only cell; null for all
     */
    public record Filter(@Nullable String shop, @Nullable String cell) {
        Predicate<Item> asPredicate() {
            return item -> (shop == null || shop.equals(item.place().shop()))
                    && (cell == null || cell.equals(item.place().cell()));
        }
    }

    /** @throws NoSuchFileException if a folder does not exist */
    public Retention(RetentionFolders given, RetentionEvents events, InstantSource clock) throws IOException {
        List<Path> others = new ArrayList<>();
        for (Path other : given.otherDrops()) {
            others.add(other.toRealPath());
        }
        this.folders = new RetentionFolders(
                Files.exists(given.runs()) ? given.runs().toRealPath() : given.runs(),
                Files.exists(given.store()) ? given.store().toRealPath() : given.store(),
                given.drop().isPresent() ? Optional.of(given.drop().get().toRealPath()) : Optional.empty(),
                others);
        this.events = events;
        this.clock = clock;
    }

    /** Decides what goes. Changes nothing. */
    public RetentionPlan plan(RetentionPolicy policy, Filter filter) throws IOException, InterruptedException {
        Set<RetentionKind> kinds = policy.kinds();
        boolean archived = kinds.stream().anyMatch(ARCHIVED::contains);
        boolean logs = kinds.contains(RetentionKind.LOGS);
        if (folders.drop().isEmpty() && (archived || logs)) {
            throw new NoSuchFileException("drop", null, "done, rejected, duplicates and logs need a drop folder");
        }
        if (logs || kinds.contains(RetentionKind.RUNS) || kinds.contains(RetentionKind.MAPS)) {
            requireFolder(folders.runs(), "the folder of runs");
        }
        if (logs) {
            requireFolder(folders.store(), "the store of logs");
        }
        Inventory inventory = Inventory.read(folders, kinds, events);
        RetentionPlan plan = RetentionPlan.of(inventory, policy, filter.asPredicate(), clock.millis());
        if (plan.removals().stream().anyMatch(removal -> removal.kind() == RetentionKind.LOGS)
                && inventory.of(RetentionKind.RUNS).isEmpty()) {
            throw new NoSuchFileException(
                    folders.runs().toString(), null, "holds no run, so no log is removed; is its mount missing?");
        }
        return plan;
    }

    private static void requireFolder(Path folder, String what) throws NoSuchFileException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder: " + what);
        }
    }

    /** Returns what a removal that was killed left behind; {@link #finishLeftovers} ends it. */
    public List<Path> leftovers() throws IOException {
        return new Leftovers(folders).find();
    }

    /** Ends removals that were killed. To be called with a {@link #lock}, before the plan. */
    public void finishLeftovers() throws IOException {
        new Leftovers(folders).finish();
    }

    /**
     * Keeps other removals out.
     *
     * @throws LockFile.HeldException if there is one
     */
    public static LockFile lock(Path folder) throws IOException {
        return LockFile.acquire(Files.createDirectories(folder).resolve("lock"));
    }

    /**
     * Removes what goes. To be called with a {@link #lock}.
     *
     * @throws InterruptedException between two removals, if this thread was interrupted
     */
    public void apply(RetentionPlan plan) throws IOException, InterruptedException {
        Remover remover = new Remover(folders, events, clock);
        for (RetentionPlan.Planned planned : plan.planned()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Removal removal = planned.removal();
            try {
                @Nullable Guard guard = remover.remove(planned.item(), removal);
                if (guard == null) {
                    events.removed(removal);
                } else {
                    events.stays(removal, guard.words());
                }
            } catch (Remover.UnrecordedException e) {
                throw e;
            } catch (IOException e) {
                events.failed(removal, e);
            }
        }
    }
}
