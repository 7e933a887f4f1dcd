package dynoai.dashboard.act;

import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.http.Body;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Post;
import dynoai.dashboard.http.Request;
import dynoai.dashboard.http.Response;
import dynoai.dashboard.runs.Fields;
import dynoai.exporter.ve.factor.VeException;
import dynoai.ingest.folder.IncomingLog;
import dynoai.ingest.folder.Replay;
import dynoai.ingest.folder.Requeue;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.scan.OptionFiles;
import dynoai.ingest.folder.scan.PreexistingFiles;
import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Role;
import dynoai.schemas.file.SecretFile;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.file.UnsafePathException;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The acts of the page. Each is done by the operation of its command, one at a time, and is answered with that command. All are
 * recorded, also those that were refused.
 */
public final class Acts {
    private static final String DROP = "drop";
    private static final String SESSION_MAP = "session-map";
    private static final String START_RECIPE = "start-recipe";
    private static final String LOG_TYPE = "application/octet-stream";
    private static final String OPTION_PREFIX = "option.";

    private final @Nullable Path drop;
    private final boolean hasAllRuns;
    private final ActSettings settings;
    private final AuditLog audit;
    private final VeTables tables;
    private final RecipeActs recipes;
    private final String secret = SecretFile.newSecret();
    private final Map<String, Operation> operations = new TreeMap<>();

    /** Does an act by its parameters. */
    @FunctionalInterface
    interface Operation {
        Done run(JsonTree parameters)
                throws HttpException, IOException, UnsafePathException, InvalidOptionException, VeException;
    }

    public Acts(RunFolders runs, ActSettings settings) {
        this.drop = runs.drop();
        this.hasAllRuns = runs.shelf() == null;
        this.settings = settings;
        this.audit = new AuditLog(settings.data(), Clock.systemUTC());
        this.tables = new VeTables(runs, settings.data());
        operations.put("apply", tables::apply);
        operations.put("preview", tables::preview);
        operations.put("requeue", this::requeue);
        operations.put("replay", this::replay);
        operations.put("rollback", tables::rollBack);
        SessionActs sessions = new SessionActs(runs, Clock.systemUTC());
        operations.put("applied", sessions::applied);
        operations.put("new-session", sessions::begin);
        operations.put("note", sessions::note);
        operations.put(SESSION_MAP, sessions::map);
        this.recipes = new RecipeActs(settings.recipes());
        operations.put(START_RECIPE, recipes::start);
    }

    /** Returns the secret of this start, which every POST must have. */
    public String secret() {
        return secret;
    }

    public VeTables tables() {
        return tables;
    }

    public AuditLog audit() {
        return audit;
    }

    /** Returns what a caller can do here, and what its page needs for it. */
    public Map<String, @Nullable Object> offers(Caller caller) {
        List<Object> acts = Stream.concat(Stream.of(DROP), operations.keySet().stream())
                .filter(act -> mayDo(act, caller) && isOffered(act))
                .map(act -> (Object) act)
                .toList();
        boolean operator = caller.isOperator();
        return offers(caller, acts)
                .put("secret", secret)
                .put(DROP, hasDrop() && operator ? dropFolder().toString() : null)
                .put("max_log_bytes", settings.maxLogBytes())
                .put("options", options())
                .put("recipes", operator ? recipes.toJson() : List.of())
                .map();
    }

    /** Returns what a caller can do on a page that only shows. */
    public static Map<String, @Nullable Object> none(Caller caller) {
        return offers(caller, List.of()).map();
    }

    private static Fields offers(Caller caller, List<Object> acts) {
        return new Fields()
                .put("acts", acts)
                .put("shop", caller.isOperator() ? null : caller.shop())
                .put("credential", caller.credential().isEmpty() ? null : caller.credential());
    }

    /** Only operators change something, but shops drop logs of their own. */
    private static boolean mayDo(String act, Caller caller) {
        return caller.isOperator() || act.equals(DROP) && caller.may(Role.DROP, caller.shop());
    }

    private static List<Object> options() {
        List<Object> options = new ArrayList<>();
        for (Option option : Option.values()) {
            if (option.kind() != Option.Kind.FILE) {
                options.add(new Fields()
                        .put("key", option.key())
                        .put("flag", option.flag())
                        .put("accepts", option.accepts())
                        .put("choices", option.kind() == Option.Kind.FLAG ? List.of("true", "false") : option.choices())
                        .put("meaning", option.meaning())
                        .map());
            }
        }
        return options;
    }

    private boolean isOffered(String act) {
        return switch (act) {
            case DROP, "requeue" -> hasDrop();
            case "replay" -> hasDrop() && settings.store().exists();
            // A map is made of the folders of all runs of a session.
            case SESSION_MAP -> hasAllRuns;
            case START_RECIPE -> recipes.isOffered();
            default -> true;
        };
    }

    private boolean hasDrop() {
        return drop != null && Files.isDirectory(drop);
    }

    private Path dropFolder() {
        if (drop == null) {
            throw new IllegalStateException("there is no drop folder");
        }
        return drop.toAbsolutePath().normalize();
    }

    /** @param act the last part of the path */
    public Body receive(String act, Post post) throws HttpException, IOException {
        if (!mayDo(act, post.request().caller())) {
            throw HttpException.of(
                    403, "this needs a token with the role " + (act.equals(DROP) ? Role.DROP : Role.OPERATE).key());
        }
        @Nullable Operation operation = operations.get(act);
        if (operation == null && !act.equals(DROP)) {
            throw HttpException.notFound("no such act; see /api/v1/openapi.json");
        }
        if (!isOffered(act)) {
            throw HttpException.of(409, act + " is not offered here; GET /api/v1/acts lists the acts");
        }
        if (operation == null) {
            if (!PreexistingFiles.areRecorded(dropFolder())) {
                throw HttpException.of(503, "the ingest starts for the first time; drop the log again in a moment");
            }
            post.check(LOG_TYPE, settings.maxLogBytes());
            return Denials.of(() -> receiveLog(post));
        }
        post.check(JsonBody.TYPE, JsonBody.MAX_BYTES);
        return new JsonBody(parameters -> answer(act, operation, parameters, post.sender()));
    }

    private Response answer(String act, Operation operation, JsonTree parameters, String sender)
            throws HttpException, IOException {
        synchronized (operations) {
            Done done = Denials.of(() -> operation.run(parameters));
            Map<String, Object> what = new LinkedHashMap<>();
            if (parameters.value() instanceof Map<?, ?> given) {
                given.forEach((name, value) -> what.put(String.valueOf(name), recorded(name, value)));
            }
            audit.done(sender, act, what, done.text());
            return done.response();
        }
    }

    /** Of a table only the hash is recorded, and of inputs of a recipe, which may be secret, only the names. */
    private static String recorded(Object name, @Nullable Object value) {
        if (name.equals("inputs")) {
            return value instanceof Map<?, ?> inputs ? String.valueOf(inputs.keySet()) : "not an object";
        }
        String text = String.valueOf(value);
        return name.equals("base") ? "SHA-256 " + Sha256.hex(text.getBytes(StandardCharsets.UTF_8)) : text;
    }

    private Body receiveLog(Post post) throws HttpException, IOException, UnsafePathException, InvalidOptionException {
        Map<String, String> query = post.request().query();
        List<String> folders = new ArrayList<>();
        boolean missing = false;
        for (String level : List.of("shop", "cell", "bike")) {
            String name = level.equals("shop")
                    ? shopOf(post.request())
                    : post.request().parameter(level);
            if (missing && !name.isEmpty()) {
                throw HttpException.of(422, "a cell needs a shop, and a bike needs a cell");
            }
            missing = name.isEmpty();
            if (!missing) {
                folders.add(name);
            }
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : query.entrySet()) {
            if (entry.getKey().startsWith(OPTION_PREFIX)) {
                ActParameters.put(options, entry.getKey().substring(OPTION_PREFIX.length()), entry.getValue());
            }
        }
        if (post.length() == 0) {
            throw HttpException.of(422, "the log is empty");
        }
        String name = post.request().parameter("name");
        IncomingLog log = IncomingLog.begin(dropFolder(), folders, name, options);
        return new DropBody(
                log,
                place -> {
                    Done done = dropped(place, name, options);
                    audit.done(post.sender(), DROP, query, done.text());
                    return done.response();
                },
                () -> refused(DROP, post.sender(), 408, name + " did not arrive as a whole"));
    }

    /** The shop of a log is that of the credential; only an operator names it. */
    private static String shopOf(Request request) throws HttpException {
        String named = request.parameter("shop");
        String own = request.caller().shop();
        if (request.caller().isOperator()) {
            return named;
        }
        if (!named.isEmpty() && !named.equals(own)) {
            throw HttpException.notFound("no such shop");
        }
        return own;
    }

    private Done dropped(Path place, String name, Map<String, String> options) {
        CommandLineText command = new CommandLineText();
        if (!options.isEmpty()) {
            command.add("printf", "%s\\n");
            options.forEach((key, value) -> command.add(key + ": " + value));
            command.operator(">").add(place + OptionFiles.SIDECAR).operator("&&");
        }
        String file = relative(place);
        return new Done(
                "dropped as " + file,
                command.add("cp", name, place),
                new Fields().put("file", file).map());
    }

    private String relative(Path place) {
        try {
            return dropFolder().toRealPath().relativize(place).toString().replace('\\', '/');
        } catch (IOException ignored) {
            return place.toString(); // The folder was just removed.
        }
    }

    private Done requeue(JsonTree parameters) throws HttpException, IOException, InvalidOptionException {
        String runId = ActParameters.id(parameters, "run_id");
        Map<String, String> options = ActParameters.options(parameters);
        String file = relative(Requeue.putBack(dropFolder(), runId, ClaimKey.find(settings.store()), options));
        CommandLineText command = new CommandLineText("dynoai", "requeue", runId)
                .addOptions(options)
                .add("--drop", dropFolder());
        return new Done(
                "back at " + file, command, new Fields().put("file", file).map());
    }

    private Done replay(JsonTree parameters) throws HttpException, IOException, InvalidOptionException {
        String runId = ActParameters.id(parameters, "run_id");
        Map<String, String> options = ActParameters.options(parameters);
        String fresh = Replay.claim(dropFolder(), settings.store(), runId, options, Clock.systemUTC());
        CommandLineText command = new CommandLineText("dynoai", "replay", runId)
                .addOptions(options)
                .add("--drop", dropFolder(), "--store", settings.store().location());
        return new Done(
                "claimed as run " + fresh,
                command,
                new Fields().put("run_id", fresh).map());
    }

    /** Records a POST that was refused. */
    public void refused(String act, String sender, int status, String why) {
        try {
            audit.refused(sender, act, status, why);
        } catch (IOException ignored) {
            // The denial is answered all the same.
            return;
        }
    }
}
