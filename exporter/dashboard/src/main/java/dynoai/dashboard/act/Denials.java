package dynoai.dashboard.act;

import dynoai.dashboard.http.HttpException;
import dynoai.exporter.ve.factor.VeException;
import dynoai.ingest.folder.NoRoomException;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.option.InvalidOptionException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The status of an operation that refuses its parameters. */
final class Denials {
    private Denials() {}

    /** An operation of a command. */
    @FunctionalInterface
    interface Operation<T> {
        T run() throws HttpException, IOException, UnsafePathException, InvalidOptionException, VeException;
    }

    static <T> T of(Operation<T> operation) throws HttpException, IOException {
        try {
            return operation.run();
        } catch (UnsafePathException | InvalidOptionException e) {
            throw HttpException.of(422, String.valueOf(e.getMessage()));
        } catch (VeException e) {
            throw HttpException.of(status(e.reason()), String.valueOf(e.getMessage()));
        } catch (NoRoomException e) {
            throw HttpException.of(507, String.valueOf(e.getReason()));
        } catch (NoSuchFileException e) {
            throw HttpException.of(404, e.getReason() == null ? "there is no " + e.getFile() : message(e));
        } catch (FileSystemException e) {
            throw HttpException.of(409, message(e));
        }
    }

    private static String message(FileSystemException e) {
        return String.valueOf(e.getMessage());
    }

    private static int status(VeException.Reason reason) {
        return switch (reason) {
            case FILE_NOT_FOUND -> 404;
            case BUSY, HASH_MISMATCH -> 409;
            case INVALID_ARGUMENTS, INVALID_METADATA -> 422;
        };
    }
}
