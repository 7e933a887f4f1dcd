package dynoai.app.ve;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.exporter.application.ApplyMetadata;
import dynoai.exporter.ve.VeHistory;
import dynoai.exporter.ve.factor.VeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description = "Show the applications that led to a VE table, newest first.",
        footer = {
            "",
            "Takes tables, with their metadata next to them, or metadata files. Applications are found by the hash of",
            "the table they wrote.",
            "",
            "Examples:",
            "  dynoai ve history ve_new.csv",
            "  dynoai ve history ve_3.csv ve_2_meta.json ve_1_meta.json --json"
        },
        exitCodeList = {"3:hash verification failed", "4:invalid metadata"})
final class VeHistoryCommand implements Callable<Integer> {
    private static final int SHORT_SHA_LENGTH = 12;

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "VE tables or metadata files.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    VeHistoryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws VeException, IOException {
        List<VeHistory.Chain> chains;
        chains = VeHistory.of(files);
        if (json) {
            JsonOut.print(
                    console,
                    Map.of(
                            "tables",
                            chains.stream().map(VeHistoryCommand::fields).toList()));
        } else {
            chains.forEach(this::print);
        }
        return ExitCode.SUCCESS;
    }

    private void print(VeHistory.Chain chain) {
        console.println(chain.file() + "  " + shortened(chain.tableSha()));
        for (VeHistory.Step step : chain.steps()) {
            ApplyMetadata application = step.application();
            console.println("  " + appliedAt(application) + "  " + application.factorFile() + ", at most "
                    + application.maxAdjustPct() + " %"
                    + (application.mathVersion() == null ? "" : ", math version " + application.mathVersion())
                    + (application.runId() == null ? "" : ", run " + application.runId())
                    + (application.user() == null ? "" : ", by " + application.user())
                    + (application.leftAlone().isEmpty()
                            ? ""
                            : ", " + application.leftAlone().size() + " cells unchanged"));
            console.println("    on " + orEmpty(application.baseFile(), "  ") + shortened(application.baseSha()));
        }
        if (chain.steps().isEmpty()) {
            console.println("  no recorded application for this table");
        }
    }

    /** The time of an analysis is in its run folder's manifest. */
    private static String appliedAt(ApplyMetadata application) {
        return application.appliedAtUtc() == null ? "by the analysis" : application.appliedAtUtc();
    }

    private static String orEmpty(@Nullable String value, String after) {
        return value == null ? "" : value + after;
    }

    private static String shortened(String sha) {
        return sha.length() > SHORT_SHA_LENGTH ? sha.substring(0, SHORT_SHA_LENGTH) : sha;
    }

    private static Map<String, @Nullable Object> fields(VeHistory.Chain chain) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", chain.file().toString());
        fields.put("sha256", chain.tableSha());
        fields.put("origin_sha", chain.originSha());
        fields.put(
                "applications",
                chain.steps().stream().map(VeHistoryCommand::fields).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(VeHistory.Step step) {
        ApplyMetadata application = step.application();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("metadata", step.metadataFile().toString());
        fields.put("applied_at_utc", application.appliedAtUtc());
        fields.put("user", application.user());
        fields.put("app_version", application.appVersion());
        fields.put("base_file", application.baseFile());
        fields.put("base_sha", application.baseSha());
        fields.put("factor_file", application.factorFile());
        fields.put("factor_sha", application.factorSha());
        fields.put("output_sha", application.outputSha());
        fields.put("max_adjust_pct", application.maxAdjustPct());
        fields.put("math_version", application.mathVersion());
        fields.put("run_id", application.runId());
        fields.put("cells_left_alone", (long) application.leftAlone().size());
        return fields;
    }
}
