package dynoai.catalogue.shelf;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueEntry;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.run.RunState;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.RunId;
import dynoai.schemas.store.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the runs that a catalogue does not have yet. */
final class NewRuns {
    private static final int MAX_READ = 200;

    private final Catalogue catalogue;
    private final RunFolders folders;
    private final FolderSweep.Listener written;

    NewRuns(Catalogue catalogue, RunFolders folders, FolderSweep.Listener written) {
        this.catalogue = catalogue;
        this.folders = folders;
        this.written = written;
    }

    /** Returns the valid names of runs that are not in the catalogue with their folder, the last name first. */
    List<String> unknown(String shop, List<String> names) throws IOException {
        List<String> valid = names.stream().filter(RunId::isValid).toList();
        Map<String, CatalogueEntry> known = catalogue.find(valid.stream()
                .map(name -> RunLine.started(shop, "", name, "", RunState.DONE, 0))
                .toList());
        return valid.stream()
                .filter(name -> {
                    @Nullable CatalogueEntry entry = known.get(shop + '/' + name);
                    return entry == null || !entry.folder().equals(FolderEntry.nameOfRun(shop, name));
                })
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /**
     * Puts runs into the catalogue, and returns whether all could be read.
     *
     * @throws StoreUnavailableException if their shelf cannot be used at the moment
     */
    boolean read(String shop, List<String> names) throws IOException {
        boolean whole = true;
        List<CatalogueEntry> read = new ArrayList<>();
        for (String name : names) {
            try {
                folders.read(new RunKey(shop, name)).ifPresent(read::add);
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (IOException | UnsafePathException ignored) {
                whole = false; // It was just moved, or cannot be read yet.
            }
            if (read.size() == MAX_READ) {
                put(read);
            }
        }
        put(read);
        return whole;
    }

    void put(List<CatalogueEntry> read) throws IOException {
        if (!read.isEmpty()) {
            catalogue.put(read);
            written.written(read.stream().map(CatalogueEntry::line).toList());
            read.clear();
        }
    }
}
