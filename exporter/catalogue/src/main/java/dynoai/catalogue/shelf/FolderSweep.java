package dynoai.catalogue.shelf;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueEntry;
import dynoai.catalogue.run.RunLine;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a catalogue in step with the folders of runs and of rejected logs. A folder is listed when its time of change is new, and some of
 * the known runs and some of the shops are looked at with each step, so a step costs the same for any number of runs and shops. {@link ShelfSweep} reads the
 * runs of a shelf.
 */
public final class FolderSweep {
    private static final int MAX_CHECKED = 500;
    private static final int MAX_NAMES = 2_000;

    /** Shops whose folders are looked at with one step. */
    private static final int MAX_SHOPS = 1_000;

    /** A folder may change again within the resolution of its time of change. */
    private static final long TIME_RESOLUTION_MILLIS = 2_000;

    /** Listing a folder takes at most a tenth of the time. */
    private static final int PAUSE_PER_LISTING = 9;

    private final Catalogue catalogue;
    private final RunFolders folders;
    private final NewRuns newRuns;
    private final Map<Path, Listed> listed = new HashMap<>();
    private final NavigableSet<String> shops = new TreeSet<>();
    private long generation = -1;
    private String nextListed = "";
    private String nextShop = "";
    private String nextRun = "";

    /**
     * A folder that was listed.
     *
     * @param changedMillis when it had changed last; -1 to list it again
     * @param nextNanos not again before
     */
    private record Listed(long changedMillis, long nextNanos) {}

    /** Receives the runs that were written to the catalogue. */
    @FunctionalInterface
    public interface Listener {
        void written(List<RunLine> runs) throws IOException;
    }

    /** Takes the child folders of a folder, some at a time; returns whether all could be read. */
    @FunctionalInterface
    private interface Names {
        boolean take(List<String> names) throws IOException;
    }

    public FolderSweep(Catalogue catalogue, RunFolders folders, Listener written) {
        this.catalogue = catalogue;
        this.folders = folders;
        this.newRuns = new NewRuns(catalogue, folders, written);
    }

    /** Puts new runs into the catalogue, and removes some of those whose folders are gone. */
    public synchronized void step() throws IOException {
        read(MAX_SHOPS);
        check();
    }

    /** Puts all new runs into the catalogue. */
    public synchronized void readAll() throws IOException {
        nextListed = "";
        read(Integer.MAX_VALUE);
    }

    private void read(int maxShops) throws IOException {
        if (generation != catalogue.generation()) {
            catalogue.listFolders(folders.location() + "\n" + folders.drop());
            generation = catalogue.generation();
            listed.clear();
        }
        if (folders.shelf() == null) {
            readRuns(maxShops);
        }
        readRejected();
    }

    private void readRuns(int maxShops) throws IOException {
        list(folders.all(), this::topLevel);
        List<String> some =
                shops.tailSet(nextListed, true).stream().limit(maxShops).toList();
        nextListed = some.size() < maxShops ? "" : some.get(maxShops - 1) + '\0';
        for (String shop : some) {
            list(folders.all().resolve(shop), names -> newRuns.read(shop, newRuns.unknown(shop, names)));
        }
    }

    private void readRejected() throws IOException {
        @Nullable Path drop = folders.drop();
        if (drop != null) {
            for (String kind : List.of(DropRoot.REJECTED, DropRoot.DUPLICATES)) {
                for (Path day : RunFolders.folders(drop.resolve(kind), LinkOption.NOFOLLOW_LINKS)) {
                    list(day, names -> rejected(day, kind + '/' + day.getFileName(), names));
                }
            }
        }
    }

    private void list(Path folder, Names names) throws IOException {
        long changed;
        try {
            changed = Files.getLastModifiedTime(folder).toMillis();
        } catch (NoSuchFileException ignored) {
            listed.remove(folder); // Nothing was published yet, or it was removed.
            return;
        }
        @Nullable Listed last = listed.get(folder);
        long begun = System.nanoTime();
        if (last != null && (last.changedMillis == changed || begun - last.nextNanos < 0)) {
            return;
        }
        boolean settled = System.currentTimeMillis() - changed > TIME_RESOLUTION_MILLIS;
        boolean whole = true;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            List<String> some = new ArrayList<>();
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (!name.startsWith(".")) {
                    some.add(name);
                }
                if (some.size() == MAX_NAMES) {
                    whole &= names.take(some);
                    some.clear();
                }
            }
            whole &= names.take(some);
        } catch (NoSuchFileException ignored) {
            whole = false; // The folder was just removed.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        long ended = System.nanoTime();
        listed.put(folder, new Listed(whole && settled ? changed : -1, ended + PAUSE_PER_LISTING * (ended - begun)));
    }

    /** The folder of runs has runs of the local shop and the folders of the other shops. */
    private boolean topLevel(List<String> names) throws IOException {
        List<String> runs = new ArrayList<>();
        for (String name : newRuns.unknown(RunKey.LOCAL_SHOP, names)) {
            Path folder = folders.all().resolve(name);
            if (Files.exists(RunFolderLayout.manifestIn(folder))) {
                runs.add(name);
            } else if (RunId.isValid(name) && Files.isDirectory(folder)) {
                shops.add(name);
            }
        }
        return newRuns.read(RunKey.LOCAL_SHOP, runs);
    }

    private boolean rejected(Path day, String name, List<String> names) throws IOException {
        Set<String> known = catalogue.knownFolders(
                names.stream().map(child -> name + '/' + child).toList());
        boolean whole = true;
        List<CatalogueEntry> read = new ArrayList<>();
        for (String child : names) {
            Path folder = day.resolve(child);
            if (!known.contains(name + '/' + child) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    read.add(FolderEntry.ofRejected(folder, name + '/' + child));
                } catch (IOException ignored) {
                    whole = false; // Others may write into the drop folder: what is not a reason must not hide the
                    // others.
                }
            }
        }
        newRuns.put(read);
        return whole;
    }

    /** Looks at the folders of the next known runs. */
    private void check() throws IOException {
        List<CatalogueEntry> entries = catalogue.after(nextShop, nextRun, MAX_CHECKED);
        List<CatalogueEntry> gone = new ArrayList<>();
        List<CatalogueEntry> changed = new ArrayList<>();
        for (CatalogueEntry entry : entries) {
            if (!entry.folder().isEmpty()) {
                check(entry, gone, changed);
            }
        }
        newRuns.put(changed);
        // Another process that shares the catalogue may see folders that this one does not.
        if (!gone.isEmpty() && !catalogue.isShared()) {
            catalogue.remove(gone);
        }
        boolean more = entries.size() == MAX_CHECKED;
        nextShop = more ? entries.get(MAX_CHECKED - 1).line().shop() : "";
        nextRun = more ? entries.get(MAX_CHECKED - 1).line().runId() : "";
    }

    private void check(CatalogueEntry entry, List<CatalogueEntry> gone, List<CatalogueEntry> changed) {
        boolean run = entry.folder().startsWith(FolderEntry.RUNS + '/');
        @Nullable Path root = run ? folders.all() : folders.drop();
        if (root == null || run && folders.shelf() != null) {
            return;
        }
        Path folder = root.resolve(run ? entry.folder().substring(FolderEntry.RUNS.length() + 1) : entry.folder());
        try {
            if (Files.getLastModifiedTime(folder).toMillis() == entry.folderMillis()) {
                return;
            }
            if (run) {
                FolderEntry.ofRun(entry.line().shop(), folder).ifPresent(changed::add);
            } else {
                changed.add(FolderEntry.ofRejected(folder, entry.folder()));
            }
        } catch (NoSuchFileException ignored) {
            gone.add(entry);
        } catch (IOException ignored) {
            return; // It is looked at again with the next round.
        }
    }
}
