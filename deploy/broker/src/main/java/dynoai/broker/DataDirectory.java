package dynoai.broker;

import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/** The node's data directory, fit for a broker. */
final class DataDirectory {
    static final String KAFKA = "kafka";
    private static final String LOCK = "node.lock";

    private static final Set<String> NETWORK_FILE_SYSTEMS =
            Set.of(("nfs nfs3 nfs4 cifs smb smb2 smb3 smbfs afpfs webdav"
                            + " davfs fuse.sshfs fuse.rclone fuse.s3fs fuse.gvfsd-fuse 9p ceph glusterfs fuse.glusterfs lustre afs")
                    .split(" "));

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    /** Creates the directory if it is missing; rejects systems and file systems on which a broker loses data. */
    static DataDirectory prepare(Path data) throws BrokerStartException {
        return prepare(data, System.getProperty("os.name", ""));
    }

    static DataDirectory prepare(Path data, String operatingSystem) throws BrokerStartException {
        if (operatingSystem.toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new BrokerStartException(
                    "the embedded broker does not run on Windows itself: open files cannot be renamed"
                            + " there. Use WSL2 or Docker, or --bootstrap with an external Kafka cluster;"
                            + " 'analyze', 'batch' and 've' need no broker");
        }
        try {
            Files.createDirectories(data);
            Path root = data.toRealPath();
            String type = Files.getFileStore(root).type();
            if (isNetwork(type)) {
                throw new BrokerStartException("the data directory " + root + " is on a network file system (" + type
                        + "), where a broker's files get damaged; choose a local directory with --data");
            }
            return new DataDirectory(root);
        } catch (IOException e) {
            throw new BrokerStartException("cannot create the data directory " + data + ": " + e.getMessage(), e);
        }
    }

    static boolean isNetwork(String fileSystemType) {
        return NETWORK_FILE_SYSTEMS.contains(fileSystemType.toLowerCase(Locale.ROOT));
    }

    /** Locks the directory against a second node. Kafka locks its log directories only after it wrote the metadata log. */
    LockFile lock() throws BrokerStartException {
        try {
            return LockFile.acquire(root.resolve(LOCK));
        } catch (LockFile.HeldException e) {
            throw new BrokerStartException("the data directory " + root + " is in use by " + e.holder()
                    + "; stop that node first, or choose another --data");
        } catch (IOException e) {
            throw new BrokerStartException("cannot lock the data directory " + root + ": " + e.getMessage(), e);
        }
    }

    /** Creates the broker's folder if it is missing, and denies it to other users: it has the records of all topics. */
    void restrictKafka() throws IOException {
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rwx------");
        Path kafka = Files.createDirectories(kafka());
        Files.setPosixFilePermissions(kafka, ownerOnly);
        if (!Files.getPosixFilePermissions(kafka).equals(ownerOnly)) {
            throw new IOException("the file system does not keep permissions; choose another --data");
        }
    }

    static void unlock(LockFile lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve(KAFKA);
    }
}
