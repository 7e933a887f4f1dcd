package dynoai.ingest.folder;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether there is room to take another log: no disk that it will lie on may fall below 2 GiB or a twentieth. A disk that is
 * smaller than that altogether is used as it is.
 */
final class DiskRoom {
    private static final long LEAST_FREE_BYTES = 2L << 30;
    private static final int LEAST_FREE_SHARE = 20;
    private static final long MEBIBYTE = 1 << 20;

    private final List<Path> folders;
    private final Gauge gauge;

    /** Tells how full the disk of a folder is. */
    interface Gauge {
        Room of(Path folder) throws IOException;
    }

    /** Bytes of a disk, all and those that may be used. */
    record Room(long total, long usable) {
        boolean isShort() {
            return total > LEAST_FREE_BYTES && usable < Math.max(LEAST_FREE_BYTES, total / LEAST_FREE_SHARE);
        }
    }

    DiskRoom(List<Path> folders, Gauge gauge) {
        this.folders = folders;
        this.gauge = gauge;
    }

    static Room measured(Path folder) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        return new Room(disk.getTotalSpace(), disk.getUsableSpace());
    }

    /** Why nothing more should be taken; empty when there is room. */
    String shortage() throws IOException {
        for (Path folder : folders) {
            Room room = gauge.of(folder);
            if (room.isShort()) {
                return "only " + room.usable() / MEBIBYTE + " MiB are free on the disk of " + folder;
            }
        }
        return "";
    }
}
