package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.exporter.ve.VeException;

/** The exit codes of {@code ve}, which has its own meaning for 3 and 4. */
final class VeExitCodes {
    static final int HASH_MISMATCH = 3;
    static final int INVALID_METADATA = 4;

    private VeExitCodes() {}

    static CommandException failed(VeException failure) {
        return new CommandException(exitCode(failure.reason()), String.valueOf(failure.getMessage()), failure);
    }

    private static int exitCode(VeException.Reason reason) {
        switch (reason) {
            case INVALID_ARGUMENTS:
                return ExitCode.INVALID_ARGUMENTS;
            case FILE_NOT_FOUND:
                return ExitCode.FILE_NOT_FOUND;
            case HASH_MISMATCH:
                return HASH_MISMATCH;
            case INVALID_METADATA:
                return INVALID_METADATA;
            default:
                return ExitCode.OTHER;
        }
    }
}
