package dynoai.app.console;

import dynoai.broker.BrokerStartException;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.pvv.InvalidPvvException;
import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.ve.factor.VeException;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.file.UnsuitableFileException;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Suggestions;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.topic.KafkaUnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports an error as one paragraph on stderr, and chooses the exit code. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Console console;

    public Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        if (wrong.getCause() instanceof CommandException cause) {
            return report(cause, false);
        }
        CommandLine line = wrong.getCommandLine();
        if (wrong instanceof UnmatchedArgumentException unknown
                && !unknown.getUnmatched().isEmpty()) {
            printUnknown(unknown.getUnmatched().get(0), line);
        } else {
            console.error("dynoai: " + wrong.getMessage());
        }
        console.message("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.INVALID_ARGUMENTS;
    }

    /** Prints that an argument is unknown, and what it may have meant. */
    private void printUnknown(String argument, CommandLine line) {
        boolean flag = argument.startsWith("-");
        boolean command = !flag && !line.getSubcommands().isEmpty();
        List<String> names = flag
                ? line.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .flatMap(option -> Stream.of(option.names()))
                        .toList()
                : List.copyOf(line.getSubcommands().keySet());
        int value = argument.indexOf('=');
        List<String> similar = Suggestions.of(flag && value > 0 ? argument.substring(0, value) : argument, names);
        console.error(
                "dynoai: unknown " + (flag ? "option" : command ? "command" : "argument") + " '" + argument + "'");
        if (!similar.isEmpty()) {
            String prefix = command ? line.getCommandSpec().qualifiedName() + ' ' : "";
            console.message("Did you mean: "
                    + similar.stream().map(name -> prefix + name).collect(Collectors.joining(", ")));
        }
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (failure instanceof ParameterException) {
            return handleParseException((ParameterException) failure, new String[0]);
        }
        return report(failure, isVerbose(parsed));
    }

    public int report(Exception failure, boolean verbose) {
        console.out().flush();
        print(console, failure);
        if (verbose) {
            failure.printStackTrace(console.err());
        }
        return exitCode(failure);
    }

    /** Prints the message of a failure on stderr. */
    public static void print(Console console, Throwable failure) {
        String text = "dynoai: " + message(failure);
        if (failure instanceof LogRejectedException) {
            console.wrappedError(text);
        } else {
            console.error(text);
        }
    }

    public static int exitCode(Throwable failure) {
        if (failure instanceof CommandException failed) {
            return failed.exitCode();
        }
        if (failure instanceof LogRejectedException rejected) {
            return rejected.rejection().code() == FailureCode.UNIT_SUSPECT
                    ? ExitCode.VALIDATION_ERROR
                    : ExitCode.INVALID_CSV;
        }
        if (failure instanceof VeException ve) {
            return exitCode(ve.reason());
        }
        if (failure instanceof InvalidPvvException
                || failure instanceof InvalidOptionException
                || failure instanceof UnsafePathException
                || failure instanceof UnsuitableFileException
                || failure instanceof RunFolderOccupiedException) {
            return ExitCode.INVALID_ARGUMENTS;
        }
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return ExitCode.FILE_NOT_FOUND;
        }
        if (failure instanceof InvalidRunFolderException || failure instanceof InvalidTableException) {
            return ExitCode.VALIDATION_ERROR;
        }
        return isInterruption(failure) ? ExitCode.INTERRUPTED : ExitCode.OTHER;
    }

    /** {@code ve} has its own meaning for 3 and 4. */
    private static int exitCode(VeException.Reason reason) {
        return switch (reason) {
            case INVALID_ARGUMENTS -> ExitCode.INVALID_ARGUMENTS;
            case FILE_NOT_FOUND -> ExitCode.FILE_NOT_FOUND;
            case HASH_MISMATCH -> ExitCode.VE_HASH_MISMATCH;
            case INVALID_METADATA -> ExitCode.VE_INVALID_METADATA;
            default -> ExitCode.OTHER;
        };
    }

    public static String message(Throwable failure) {
        if (isInterruption(failure)) {
            return "interrupted; no incomplete files are left";
        }
        if (isExpected(failure)) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof FileSystemException wrong) {
            return wrong.getFile() + ": " + reason(wrong);
        }
        if (failure instanceof IOException && failure.getMessage() != null) {
            return failure.getMessage();
        }
        return "this is a bug: " + failure + " (--verbose shows where)";
    }

    /** Returns the first word of a failed log's line in a list. */
    public static String verdict(Throwable failure) {
        return failure instanceof LogRejectedException ? "rejected " : "failed   ";
    }

    /** Returns the failure of a log as JSON. */
    public static Map<String, @Nullable Object> toJson(Path log, Throwable failure) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("log", log.toString());
        json.put("ok", false);
        json.put("exit_code", exitCode(failure));
        json.put("message", message(failure));
        if (failure instanceof LogRejectedException rejected) {
            Rejection rejection = rejected.rejection();
            json.put("code", rejection.code().name());
            json.put("line", rejection.line());
            json.put("column", rejection.column());
            json.put("found", rejection.found());
            json.put("accepted", rejection.accepted());
            json.put("hint", rejection.hint());
        }
        return json;
    }

    private static boolean isExpected(Throwable failure) {
        return failure instanceof CommandException
                || failure instanceof VeException
                || failure instanceof InvalidPvvException
                || failure instanceof BrokerStartException
                || failure instanceof KafkaUnavailableException
                || failure instanceof LogRejectedException
                || failure instanceof InvalidOptionException
                || failure instanceof UnsafePathException
                || failure instanceof InvalidTableException
                || failure instanceof RunFolderOccupiedException
                || failure instanceof InvalidRunFolderException;
    }

    private static boolean isInterruption(Throwable failure) {
        return failure instanceof InterruptedException
                || failure instanceof InterruptedIOException
                || failure instanceof ClosedByInterruptException;
    }

    private static String reason(FileSystemException wrong) {
        if (wrong.getReason() != null) {
            return wrong.getReason();
        }
        if (wrong instanceof NoSuchFileException) {
            return "no such file";
        }
        return wrong instanceof AccessDeniedException
                ? "permission denied"
                : wrong.getClass().getSimpleName();
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
