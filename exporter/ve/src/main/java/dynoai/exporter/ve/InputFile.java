package dynoai.exporter.ve;

import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file read whole, once, with its hash: what was checked is what is used. */
final class InputFile {
    private final Path path;
    private final byte[] bytes;
    private final String sha;

    private InputFile(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
        this.sha = Sha256.hex(bytes);
    }

    Path path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    String sha() {
        return sha;
    }

    /** @param what the file's part in the request, for messages */
    static InputFile read(String what, Path path, int limit) throws VeException, IOException {
        if (!Files.exists(path)) {
            throw new VeException(VeException.Reason.FILE_NOT_FOUND, "no such file: " + path + " (" + what + ")");
        }
        if (!Files.isRegularFile(path)) {
            throw VeException.arguments(path + " (" + what + ") is no regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(limit + 1);
        }
        if (bytes.length > limit) {
            throw VeException.arguments(path + " (" + what + ") is larger than " + limit + " bytes");
        }
        return new InputFile(path, bytes);
    }

    static InputFile table(String what, Path path) throws VeException, IOException {
        return read(what, path, VeTable.MAX_BYTES);
    }

    VeTable asTable() throws VeException {
        try {
            return VeTable.read(path.toString(), bytes);
        } catch (InvalidTableException unreadable) {
            throw VeException.arguments(String.valueOf(unreadable.getMessage()));
        }
    }
}
