package dynoai.schemas.file;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether there is room for another log: every disk involved needs 2 GiB and a twentieth of its size free. Disks smaller
 * than 2 GiB are not checked.
 */
public record DiskRoom(List<Path> folders, Gauge gauge) {
    private static final long MIN_FREE_BYTES = 2L << 30;
    private static final int MIN_FREE_SHARE = 20;
    private static final long MEBIBYTE = 1 << 20;

    /** Measures the disk of a folder. */
    public interface Gauge {
        Room of(Path folder) throws IOException;
    }

    /** Bytes of a disk. */
    public record Room(long total, long usable) {
        public boolean isShort() {
            return total > MIN_FREE_BYTES && usable < Math.max(MIN_FREE_BYTES, total / MIN_FREE_SHARE);
        }
    }

    public static Room measured(Path folder) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        return new Room(disk.getTotalSpace(), disk.getUsableSpace());
    }

    /** Returns why no log should be taken; empty when there is room. */
    public String shortage() throws IOException {
        for (Path folder : folders) {
            Room room = gauge.of(folder);
            if (room.isShort()) {
                return "only " + room.usable() / MEBIBYTE + " MiB are free on the disk of " + folder;
            }
        }
        return "";
    }
}
