package dynoai.exporter.shelf;

import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.schemas.file.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;

/** The bytes of a run's file, hashed while they are read. The end of the file fails if it is not the one of the manifest. */
public final class CheckedStream extends FilterInputStream {
    private final String file;
    private final String sha256;
    private final MessageDigest digest = Sha256.digest();
    private boolean ended;

    private CheckedStream(InputStream bytes, String file, String sha256) {
        super(bytes);
        this.file = file;
        this.sha256 = sha256;
    }

    /** @throws NoSuchFileException if the run has no file of this name */
    public static CheckedStream of(ShelvedRun run, String file, InputStream bytes) throws NoSuchFileException {
        return new CheckedStream(bytes, file, sha256(run, file));
    }

    /**
     * Returns the hash of a file of a run.
     *
     * @throws NoSuchFileException if the run has no file of this name
     */
    public static String sha256(ShelvedRun run, String file) throws NoSuchFileException {
        if (file.equals(RunFolderLayout.MANIFEST)
                || file.equals(RunFolderLayout.twinManifest(run.manifest().runId()))) {
            return Sha256.hex(run.manifest().bytes());
        }
        return run.manifest().outputs().stream()
                .filter(output -> output.file().equals(file) && ManifestOutput.isFileName(file))
                .findFirst()
                .orElseThrow(
                        () -> new NoSuchFileException(file, null, "run " + run.key() + " has no file of this name"))
                .sha256();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            digest.update(buffer, offset, read);
        } else if (read < 0 && !ended) {
            ended = true;
            if (!Sha256.hex(digest).equals(sha256)) {
                throw new InvalidRunFolderException(file + " is not the file that the manifest lists");
            }
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
