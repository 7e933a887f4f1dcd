package dynoai.app;

import dynoai.engine.RunFolderRefused;
import dynoai.schemas.OptionRefused;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever ends a command into one paragraph on stderr and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine line = wrong.getCommandLine();
        console.message("dynoai: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        console.message("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.INVALID_ARGUMENTS;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (failure instanceof ParameterException) {
            return handleParseException((ParameterException) failure, new String[0]);
        }
        console.out().flush();
        console.message("dynoai: " + message(failure));
        if (isVerbose(parsed)) {
            failure.printStackTrace(console.err());
        }
        return exitCode(failure);
    }

    static int exitCode(Throwable failure) {
        if (failure instanceof CommandFailed) {
            return ((CommandFailed) failure).exitCode();
        }
        if (failure instanceof OptionRefused) {
            return ExitCode.INVALID_ARGUMENTS;
        }
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return ExitCode.FILE_NOT_FOUND;
        }
        if (failure instanceof RunFolderRefused) {
            return ExitCode.VALIDATION_ERROR;
        }
        return ExitCode.OTHER;
    }

    static @Nullable String message(Throwable failure) {
        if (failure instanceof CommandFailed
                || failure instanceof OptionRefused
                || failure instanceof RunFolderRefused) {
            return failure.getMessage();
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file: " + ((NoSuchFileException) failure).getFile();
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied: " + ((AccessDeniedException) failure).getFile();
        }
        if (failure instanceof FileSystemException) {
            FileSystemException wrong = (FileSystemException) failure;
            String reason = wrong.getReason() == null ? wrong.getClass().getSimpleName() : wrong.getReason();
            return wrong.getFile() + ": " + reason;
        }
        if (failure instanceof java.io.IOException) {
            return String.valueOf(failure.getMessage());
        }
        return "this is a bug: " + failure + " (run again with --verbose for the stack trace)";
    }

    private static boolean isVerbose(ParseResult parsed) {
        for (ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            if (at.hasMatchedOption("--verbose")) {
                return true;
            }
        }
        return false;
    }
}
