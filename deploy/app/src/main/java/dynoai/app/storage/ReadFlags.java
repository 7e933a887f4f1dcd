package dynoai.app.storage;

import dynoai.app.setting.Settings;
import picocli.CommandLine.Mixin;

/** How a command that only reads runs reaches buckets. */
public final class ReadFlags {
    @Mixin
    @SuppressWarnings("UnusedVariable") // CommandTree finds it in the command's mixins.
    private Settings settings = new Settings(System.getenv());

    @Mixin
    private StorageFlags storage = new StorageFlags();

    /** Returns the runs that a command reads; it has to close them. */
    public FetchedRuns runs() {
        return new FetchedRuns(storage.access());
    }

    /** @param place a folder or an address */
    public StorageLocation location(String place) {
        return new StorageLocation(place, storage.access());
    }
}
