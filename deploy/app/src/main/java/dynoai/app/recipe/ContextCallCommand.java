package dynoai.app.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Flags;
import dynoai.automation.server.ContextClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Sends one request to a context server and prints the answer as JSON. */
final class ContextCallCommand implements Callable<Integer> {
    private final ContextCall call;
    private final Console console;
    private final CommandSpec spec;

    private ContextCallCommand(ContextCall call, Console console) {
        this.call = call;
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    static CommandSpec spec(ContextCall call, Console console) {
        CommandSpec spec = new ContextCallCommand(call, console).spec;
        spec.name(call.word());
        spec.usageMessage()
                .description(call.description())
                .exitCodeList(Map.of("4", "the server rejected the request", "5", "no server"));
        if (call != ContextCall.FULL) {
            spec.addPositional(positional("PATH", "0", "A dotted path, as data.user.", "1"));
        }
        if (call.takesValue()) {
            spec.addPositional(positional("JSON", "1", "The value.", "1"));
        }
        if (call == ContextCall.POP) {
            spec.addPositional(positional("INDEX", "1", "Index of the element. Default: -1, the last.", "0..1"));
        }
        spec.addOption(Flags.text("--host", "HOST", "The server. Default: " + ContextAddress.HOST + ", else 127.0.0.1.")
                .build());
        spec.addOption(OptionSpec.builder("--port")
                .paramLabel("PORT")
                .type(Integer.class)
                .description("Its port. Default: " + ContextAddress.PORT + ", else 7878.")
                .build());
        spec.addOption(OptionSpec.builder("--token-file")
                .paramLabel("FILE")
                .type(Path.class)
                .description("File with the server's token. Default: the token in " + ContextToken.VARIABLE + ".")
                .build());
        spec.parser().unmatchedOptionsArePositionalParams(true);
        return spec;
    }

    private static PositionalParamSpec positional(String label, String index, String description, String arity) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index(index)
                .arity(arity)
                .type(String.class)
                .description(description)
                .build();
    }

    @Override
    public Integer call() throws CommandException, IOException {
        ParseResult parsed = spec.commandLine().getParseResult();
        InetSocketAddress server = ContextAddress.of(
                parsed.matchedOptionValue("--host", null), parsed.matchedOptionValue("--port", null), System.getenv());
        Optional<String> token = ContextToken.read(parsed.matchedOptionValue("--token-file", null));
        try (ContextClient client = ContextClient.connect(server, token)) {
            console.println(send(client, parsed).toString());
            return ExitCode.SUCCESS;
        } catch (ContextClient.ContextException e) {
            throw new CommandException(ExitCode.VALIDATION_ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    private JsonNode send(ContextClient client, ParseResult parsed)
            throws CommandException, IOException, ContextClient.ContextException {
        if (call == ContextCall.FULL) {
            return client.full();
        }
        String path = parsed.matchedPositionalValue(0, "");
        String second = parsed.matchedPositionalValue(1, "");
        switch (call) {
            case GET:
                return client.get(path);
            case SET:
                return client.set(path, RecipeFiles.json(second, "JSON"));
            case APPEND:
                return client.append(path, RecipeFiles.json(second, "JSON"));
            case DELETE:
                return client.delete(path);
            default:
                return client.pop(path, index(second));
        }
    }

    private static int index(String text) throws CommandException {
        try {
            return text.isEmpty() ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "INDEX must be a whole number, is " + text, e);
        }
    }
}
