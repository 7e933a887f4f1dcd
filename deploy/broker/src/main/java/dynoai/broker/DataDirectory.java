package dynoai.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The node's data directory, found fit for a broker. */
public final class DataDirectory {
    static final String KAFKA = "kafka";

    private static final Set<String> NETWORK_FILE_SYSTEMS = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afpfs",
            "webdav",
            "davfs",
            "fuse.sshfs",
            "fuse.rclone",
            "fuse.s3fs",
            "fuse.gvfsd-fuse",
            "9p",
            "ceph",
            "glusterfs",
            "fuse.glusterfs",
            "lustre",
            "afs");

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /** Makes the directory if it is missing and refuses what a broker would not survive on. */
    static DataDirectory prepare(Path data) throws BrokerStartException {
        return prepare(data, System.getProperty("os.name", ""));
    }

    static DataDirectory prepare(Path data, String operatingSystem) throws BrokerStartException {
        if (operatingSystem.toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new BrokerStartException(
                    "the embedded broker does not run on Windows itself: open files cannot be renamed"
                            + " there. Use WSL2 or Docker, or --bootstrap with a Kafka elsewhere;"
                            + " 'analyze', 'batch' and 've' need no broker");
        }
        try {
            Files.createDirectories(data);
            Path root = data.toRealPath();
            String type = Files.getFileStore(root).type();
            if (isNetwork(type)) {
                throw new BrokerStartException("the data directory " + root + " is on a network file system (" + type
                        + "), where a broker's files get damaged; give a local directory with --data");
            }
            return new DataDirectory(root);
        } catch (IOException failed) {
            throw new BrokerStartException(
                    "the data directory " + data + " cannot be made: " + failed.getMessage(), failed);
        }
    }

    static boolean isNetwork(String fileSystemType) {
        return NETWORK_FILE_SYSTEMS.contains(fileSystemType.toLowerCase(Locale.ROOT));
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve(KAFKA);
    }
}
