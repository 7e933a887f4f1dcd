package dynoai.app.ve;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Flags;
import dynoai.app.console.PageOutput;
import dynoai.app.storage.FetchedRuns;
import dynoai.app.storage.ReadFlags;
import dynoai.app.storage.StorageLocation;
import dynoai.engine.session.SessionMarks;
import dynoai.exporter.ve.ApplyRequest;
import dynoai.exporter.ve.VeApply;
import dynoai.exporter.ve.factor.FactorChoice;
import dynoai.exporter.ve.factor.VeException;
import dynoai.exporter.ve.preview.Preview;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        description = "Write a VE table with correction factors applied, and the metadata for a rollback.",
        footer = {
            "",
            "new = base x (1 + factor / 100), with the factor clamped. The base is only changed if it is also the output.",
            "A run's manifest and files are verified by their hashes first.",
            "",
            "Examples:",
            "  dynoai ve apply ve.csv --run runs/ID --output ve_new.csv --dry-run",
            "  dynoai ve apply ve.csv --run runs/ID --output new.csv --min-hits 20",
            "  dynoai ve apply --base ve.csv --factor factors.csv --output ve_new.csv"
        },
        exitCodeList = {
            "3:hash verification failed",
            "4:invalid metadata or manifest",
            "5:another process writes the output, or another error"
        })
final class VeApplyCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "The same as --base.")
    private @Nullable Path table;

    @Option(names = "--base", paramLabel = "FILE", description = "The VE table to start from.")
    private @Nullable Path baseFlag;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    static final class Source {
        @Option(names = "--factor", paramLabel = "FILE", description = "A table of factors in percent.")
        private @Nullable Path factor;

        @Option(
                names = "--run",
                paramLabel = "RUN",
                description = "A run folder, or s3://BUCKET/PREFIX/SHOP/RUN_ID; its delta table has the factors.")
        private @Nullable String run;
    }

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The table to write.")
    private Path output = Path.of("");

    @Option(
            names = "--metadata",
            paramLabel = "FILE",
            description = "The metadata file. Default: ve_new_meta.json for ve_new.csv.")
    private @Nullable Path metadata;

    @Mixin
    private AdjustmentOptions adjustment = new AdjustmentOptions();

    @Option(names = "--mask", paramLabel = "FILE", description = "A table of 0 and 1; cells with 0 stay unchanged.")
    private @Nullable Path mask;

    @Mixin
    private ReadFlags read = new ReadFlags();

    @Mixin
    private OperationLog log = new OperationLog();

    @Option(names = "--dry-run", description = "Show the changes without writing a table.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the preview as JSON.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the preview as a page, even in a dry run.")
    private @Nullable Path html;

    @Option(names = "--verbose", description = "Print each step on stderr; print the stack trace of an error.")
    private boolean verbose;

    VeApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, VeException, UnsafePathException, IOException {
        try (FetchedRuns fetched = read.runs()) {
            return apply(source.run == null ? null : fetched.folder(source.run));
        }
    }

    private int apply(@Nullable Path run) throws CommandException, VeException, UnsafePathException, IOException {
        log.check();
        Path base = Flags.either("--base", baseFlag, "TABLE", table);
        ApplyRequest request = adjustment
                .in(ApplyRequest.of(base, factors(run), output))
                .withMetadata(metadata)
                .withMask(mask);
        VeApply apply = new VeApply((step, file) -> {
            if (verbose) {
                console.message(step.name().toLowerCase(java.util.Locale.ROOT) + ": " + file);
            }
        });
        Preview preview = apply.preview(request);
        if (html != null) {
            PageOutput.write(
                    console,
                    apply.pathFor(request, html).toString(),
                    preview.asHtml().getBytes(StandardCharsets.UTF_8));
        }
        if (!dryRun) {
            VeApply.Applied applied = apply.apply(request, Instant.now());
            preview = applied.preview();
            log.add(
                    "apply",
                    base,
                    applied.output(),
                    String.valueOf(applied.metadata().outputSha()));
            console.message("Wrote " + applied.output() + " and " + applied.metadataFile());
            if (applied.note() != null) {
                console.message("Note: " + applied.note());
            }
            markApplied(run);
        }
        long leftAlone = preview.count(Preview.Fate.LEFT_ALONE);
        if (request.minHits() > 0 && leftAlone > 0) {
            console.message("Left " + leftAlone + (leftAlone == 1 ? " cell" : " cells")
                    + " with a factor unchanged: fewer than " + request.minHits() + " samples (--min-hits)"
                    + (mask == null ? "" : " or the mask"));
        }
        show(preview);
        return ExitCode.SUCCESS;
    }

    /** The table is written, so the command succeeds without the mark. */
    private void markApplied(@Nullable Path run) {
        if (run == null) {
            return;
        }
        if (StorageLocation.isAddress(String.valueOf(source.run))) {
            console.message(
                    "Note: the run is in a bucket, so it is not marked as applied. For a rollback, fetch the run and"
                            + " give its delta table with --factor.");
            return;
        }
        try {
            List<String> marked = SessionMarks.applyFolder(run, "ve apply", Instant.now());
            if (!marked.isEmpty()) {
                console.message("Marked as applied in its session: " + String.join(", ", marked));
            }
        } catch (IOException e) {
            console.message("Note: the run could not be marked as applied: " + e.getMessage());
        }
    }

    private FactorChoice factors(@Nullable Path run) throws CommandException {
        if (run != null) {
            return new FactorChoice.OfRun(run, adjustment.cylinder());
        }
        if (adjustment.cylinder() != null) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, "--cylinder needs --run, whose delta tables it chooses from");
        }
        return new FactorChoice.OfFile(source.factor == null ? Path.of("") : source.factor);
    }

    private void show(Preview preview) {
        if (json) {
            console.printText(preview.asJson());
            return;
        }
        console.printText(preview.asText());
        if (dryRun) {
            console.println(html == null ? "dry run: nothing was written" : "dry run: no table was written");
        }
    }
}
