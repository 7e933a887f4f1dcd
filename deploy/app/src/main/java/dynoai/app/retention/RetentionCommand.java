package dynoai.app.retention;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Interruptible;
import dynoai.app.console.JsonOut;
import dynoai.app.pipeline.FolderFlags;
import dynoai.dashboard.act.AuditLog;
import dynoai.engine.retention.InvalidPolicyException;
import dynoai.engine.retention.PolicyReader;
import dynoai.engine.retention.Retention;
import dynoai.engine.retention.RetentionFolders;
import dynoai.engine.retention.RetentionPlan;
import dynoai.engine.retention.RetentionPolicy;
import dynoai.schemas.file.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what a policy lets go. */
@Command(
        name = "retention",
        description = "Remove old runs and logs by a policy; a dry run by default.",
        footer = {
            "",
            "Prints what goes, why and how many bytes that frees. Nothing is removed without --apply. A file with several",
            "names counts where its last one goes, since run folders and the store share their logs.",
            "",
            "The policy names kinds: maps, runs, done, rejected, duplicates and logs. Each has keep_days, keep_newest (of each",
            "bike) and max_bytes, or one of them; what is younger than the days or among the newest stays, and of that the",
            "newest that fit into the bytes. A kind without a rule stays. logs are the logs and base tables in the store.",
            "",
            "Whatever the policy says, these stay: what is in flight; what is younger than a day; the last run of each bike;",
            "runs that were applied, have a note or are in the map of a session; run folders with files of other programs;",
            "logs that a run folder needs, or that were used in the last 31 days. Symbolic links are not followed.",
            "",
            "Runs next to the pipeline. Each removal is a line in retention/audit.jsonl in --data. What a killed command left",
            "is finished by the next one. Kafka removes its own records; a bucket on S3 has lifecycle rules.",
            "",
            "Examples:",
            "  dynoai retention --policy retention.yaml",
            "  dynoai retention --policy retention.yaml --shop north --apply",
            "  dynoai retention --policy retention.yaml --check",
        },
        exitCodeList = {
            "0:planned, or removed",
            "2:no such policy or folder",
            "4:the policy is invalid",
            "5:something could not be removed, or any other error",
            "130:interrupted; what was not removed yet stays"
        })
public final class RetentionCommand implements Callable<Integer> {
    private static final String FOLDER = "retention";
    private static final String BUCKET =
            "retention removes from folders only; give the bucket lifecycle rules, which must spare the prefixes"
                    + " claim.key and store-id";

    private final Console console;
    private final InstantSource clock;

    @Mixin
    private FolderFlags flags = new FolderFlags();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            defaultValue = "retention.yaml",
            description = "What is kept how long. Default: retention.yaml.")
    private Path policy = Path.of("retention.yaml");

    @Option(names = "--check", description = "Only check the policy.")
    private boolean check;

    @Option(names = "--apply", description = "Remove what the dry run lists.")
    private boolean apply;

    @Option(names = "--shop", paramLabel = "SHOP", description = "Only of this shop; stored logs stay.")
    private @Nullable String shop;

    @Option(names = "--cell", paramLabel = "CELL", description = "Only of this cell; stored logs stay.")
    private @Nullable String cell;

    @Option(
            names = "--other-drop",
            paramLabel = "DIR",
            description = "Drop folder of another ingest with the same store, of which only the claims are read.")
    private List<Path> otherDrops = new ArrayList<>();

    @Option(
            names = "--no-drop",
            description = "There is no drop folder: analyze and batch made the runs. Only runs and maps go.")
    private boolean noDrop;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    public RetentionCommand(Console console) {
        this(console, Clock.systemUTC());
    }

    RetentionCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        RetentionPolicy read = policy();
        if (check) {
            console.println(policy + ": valid");
            return ExitCode.SUCCESS;
        }
        return Interruptible.run(() -> run(read));
    }

    private RetentionPolicy policy() throws CommandException, IOException {
        if (!Files.exists(policy)) {
            throw new CommandException(
                    ExitCode.FILE_NOT_FOUND,
                    "no such policy: " + policy + "; write one such as\n" + PolicyReader.EXAMPLE);
        }
        try {
            return PolicyReader.read(policy);
        } catch (InvalidPolicyException e) {
            throw new CommandException(ExitCode.VALIDATION_ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    private int run(RetentionPolicy read) throws IOException, InterruptedException, CommandException {
        FolderFlags.Folders folders = flags.ofLatest();
        Path own = folders.data().resolve(FOLDER);
        RetentionOutput output = new RetentionOutput(console, new AuditLog(own, clock));
        Retention retention = new Retention(
                new RetentionFolders(
                        folders.runs().folder(BUCKET),
                        folders.store().folder(BUCKET),
                        noDrop ? Optional.empty() : Optional.of(folders.drop()),
                        otherDrops),
                output,
                clock);
        Retention.Filter filter = new Retention.Filter(shop, cell);
        if (!apply) {
            int unfinished = retention.leftovers().size();
            RetentionPlan plan = retention.plan(read, filter);
            print(output, plan, plan.removals().size());
            if (unfinished > 0) {
                console.message("interrupted removals: " + unfinished + "; --apply ends them.");
            }
            return ExitCode.SUCCESS;
        }
        LockFile lock = lock(own);
        try {
            retention.finishLeftovers();
            RetentionPlan plan = retention.plan(read, filter);
            output.began(plan);
            remove(retention, plan, output);
            print(output, plan, output.removed());
        } finally {
            lock.close();
        }
        return output.failures() == 0 ? ExitCode.SUCCESS : ExitCode.OTHER;
    }

    private static LockFile lock(Path own) throws IOException, CommandException {
        try {
            return Retention.lock(own);
        } catch (LockFile.HeldException e) {
            throw new CommandException(ExitCode.OTHER, "another dynoai retention is running: " + e.holder(), e);
        }
    }

    private static void remove(Retention retention, RetentionPlan plan, RetentionOutput output)
            throws IOException, CommandException {
        try {
            retention.apply(plan);
        } catch (InterruptedException e) {
            throw new CommandException(ExitCode.INTERRUPTED, output.interrupted(plan), e);
        } finally {
            output.clear();
        }
    }

    private void print(RetentionOutput output, RetentionPlan plan, int count) {
        output.clear();
        if (json) {
            JsonOut.print(console, output.json(plan, apply));
        } else {
            output.print(plan, apply, count);
        }
    }
}
