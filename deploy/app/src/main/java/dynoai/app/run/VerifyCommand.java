package dynoai.app.run;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.app.storage.FetchedRuns;
import dynoai.app.storage.ReadFlags;
import dynoai.engine.stored.Verification;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.schemas.file.UnsafePathException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies run folders against their manifests. */
@Command(
        name = "verify",
        description = "Verify run folders against their manifests.",
        footer = {
            "",
            "Examples:",
            "  dynoai verify runs/2026-03-01T09-30-00Z-00c0de",
            "  dynoai verify runs/* --json",
            "  dynoai verify s3://dyno/live/north/2026-03-01T09-30-00Z-00c0de",
            "",
            "Files that the manifest does not list are reported, but are not an error."
        },
        exitCodeList = {"0:complete and unmodified", "2:no such run folder", "4:a file is missing or modified"})
public final class VerifyCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Run folders, or runs in a bucket: s3://BUCKET/PREFIX/SHOP/RUN_ID.")
    private List<String> runs = List.of();

    @Mixin
    private ReadFlags read = new ReadFlags();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    public VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InvalidRunFolderException, CommandException, UnsafePathException {
        List<Verification> results = new ArrayList<>();
        try (FetchedRuns fetched = read.runs()) {
            for (String run : runs) {
                results.add(Verification.of(fetched.folder(run)));
            }
            if (json) {
                JsonOut.print(console, toJson(results, fetched));
            } else {
                results.forEach(result -> print(result, fetched.name(result.folder())));
            }
        }
        return results.stream().allMatch(Verification::isWhole) ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }

    private void print(Verification result, String name) {
        if (result.isWhole()) {
            console.println(name + ": whole, " + result.checked() + " files as listed");
        } else {
            console.println(
                    name + ": NOT WHOLE, " + result.findings().size() + " of " + result.checked() + " files differ");
        }
        for (Verification.Finding finding : result.findings()) {
            console.println("  " + finding.file() + ": " + finding.problem());
        }
        for (String file : result.unlisted()) {
            console.println("  " + file + ": not listed in the manifest");
        }
        if (!result.runOk()) {
            console.message("Note: " + name + " is the folder of a run that failed.");
        }
    }

    private static Map<String, @Nullable Object> toJson(List<Verification> results, FetchedRuns fetched) {
        List<Object> runs = new ArrayList<>();
        for (Verification result : results) {
            List<Object> findings = new ArrayList<>();
            for (Verification.Finding finding : result.findings()) {
                Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                entry.put("file", finding.file());
                entry.put("problem", finding.problem());
                findings.add(entry);
            }
            Map<String, @Nullable Object> run = new LinkedHashMap<>();
            run.put("folder", fetched.name(result.folder()));
            run.put("run_id", result.runId());
            run.put("run_ok", result.runOk());
            run.put("whole", result.isWhole());
            run.put("files_checked", result.checked());
            run.put("findings", findings);
            run.put("unlisted", result.unlisted());
            runs.add(run);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("whole", results.stream().allMatch(Verification::isWhole));
        json.put("runs", runs);
        return json;
    }
}
