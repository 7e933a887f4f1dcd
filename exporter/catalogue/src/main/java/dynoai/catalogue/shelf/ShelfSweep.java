package dynoai.catalogue.shelf;

import dynoai.catalogue.Catalogue;
import dynoai.exporter.shelf.RunShelf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Puts the runs of a shelf into a catalogue. Only a listing of the whole shelf shows which are new, so it is listed rarely:
 * runs that end meanwhile come from Kafka. Runs that were removed from the shelf stay in the catalogue until it is made again.
 */
public final class ShelfSweep {
    private static final int MAX_NAMES = 1_000;
    private static final long MIN_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Listing the shelf takes at most a hundredth of the time. */
    private static final int PAUSE_PER_LISTING = 99;

    private final Catalogue catalogue;
    private final RunShelf shelf;
    private final NewRuns newRuns;
    private final List<String> names = new ArrayList<>();
    private String shop = "";
    private boolean whole;
    private long generation = -1;
    private long nextNanos;

    /** @param shelf that of the folders */
    public ShelfSweep(Catalogue catalogue, RunFolders folders, RunShelf shelf, FolderSweep.Listener written) {
        this.catalogue = catalogue;
        this.shelf = shelf;
        this.newRuns = new NewRuns(catalogue, folders, written);
    }

    /** Lists the shelf if it is time to. */
    public void step() throws IOException {
        if (generation == catalogue.generation() && System.nanoTime() - nextNanos < 0) {
            return;
        }
        long current = catalogue.generation();
        readAll();
        generation = current;
    }

    /** Puts all new runs into the catalogue, and returns whether each could be read. */
    public boolean readAll() throws IOException {
        long begun = System.nanoTime();
        names.clear();
        whole = true;
        shelf.list(run -> {
            if (names.size() == MAX_NAMES || !run.shop().equals(shop)) {
                read();
                shop = run.shop();
            }
            names.add(run.runId());
        });
        read();
        long ended = System.nanoTime();
        nextNanos = ended + Math.max(MIN_PAUSE_NANOS, PAUSE_PER_LISTING * (ended - begun));
        return whole;
    }

    private void read() throws IOException {
        whole &= newRuns.read(shop, newRuns.unknown(shop, names));
        names.clear();
    }
}
