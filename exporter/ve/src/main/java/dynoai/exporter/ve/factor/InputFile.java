package dynoai.exporter.ve.factor;

import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.file.UnsuitableFileException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A small file, read once with its hash, so that the verified bytes are the ones used. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record InputFile(Path path, byte[] bytes, String sha) {

    /** @param what the role of the file in the request, for messages */
    public static InputFile read(String what, Path path, int limit) throws VeException, IOException {
        try {
            byte[] bytes = SmallFile.read(path, limit);
            return new InputFile(path, bytes, Sha256.hex(bytes));
        } catch (NoSuchFileException e) {
            throw new VeException(VeException.Reason.FILE_NOT_FOUND, "no such file: " + path + " (" + what + ")");
        } catch (UnsuitableFileException e) {
            throw VeException.arguments(path + " (" + what + ") " + e.getReason());
        }
    }

    public static InputFile table(String what, Path path) throws VeException, IOException {
        return read(what, path, VeTable.MAX_BYTES);
    }

    public VeTable asTable() throws VeException {
        try {
            return VeTable.read(path.toString(), bytes);
        } catch (InvalidTableException e) {
            throw VeException.arguments(String.valueOf(e.getMessage()));
        }
    }
}
