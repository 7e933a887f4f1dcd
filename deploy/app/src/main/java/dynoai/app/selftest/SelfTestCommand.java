package dynoai.app.selftest;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.Interruptible;
import dynoai.app.console.JsonOut;
import dynoai.app.node.NodeLog;
import dynoai.schemas.run.ProductVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks that this copy of the program computes what it should on this machine. */
@Command(
        name = "self-test",
        description = {
            "Check that this copy of dynoai works on this machine.",
            "",
            "Analyses logs whose results are known, applies factors to a VE table and rolls them back, and sends a log"
                    + " through the pipeline with an embedded broker. Works in a temporary folder, which is kept only if a"
                    + " check fails."
        },
        footer = {"", "Examples:", "  dynoai self-test", "  dynoai self-test --json"},
        exitCodeList = {"0:all checks passed", "4:a check failed", "130:stopped by Ctrl-C"})
public final class SelfTestCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(names = "--verbose", description = "Write the log of the pipeline to stderr.")
    private boolean verbose;

    public SelfTestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (verbose) {
            NodeLog.toStandardError();
        }
        SelfTest test = new SelfTest(List.of(new ConformanceCheck(), new VeCheck(), new PipelineCheck()), this::ended);
        SelfTest.Report report = Interruptible.run(test::run);
        if (json) {
            JsonOut.print(console, toJson(report));
        } else {
            console.println(
                    (report.isOk() ? "passed" : "FAILED") + ": dynoai " + ProductVersion.VERSION + " on " + machine());
        }
        if (!report.kept().isEmpty()) {
            console.message("The files of the checks are in " + report.kept());
        }
        return report.isOk() ? ExitCode.SUCCESS : ExitCode.VALIDATION_ERROR;
    }

    private void ended(SelfTest.Result result) {
        if (!json) {
            console.println(String.format(
                    Locale.ROOT,
                    "%-6s %-12s %4.1f s  %s",
                    result.ok() ? "ok" : "FAILED",
                    result.name(),
                    result.seconds(),
                    result.detail()));
            console.out().flush();
        }
    }

    private static String machine() {
        return "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    private static Map<String, @Nullable Object> toJson(SelfTest.Report report) {
        List<Object> checks = new ArrayList<>();
        for (SelfTest.Result result : report.results()) {
            Map<String, @Nullable Object> check = new LinkedHashMap<>();
            check.put("name", result.name());
            check.put("ok", result.ok());
            check.put("detail", result.detail());
            check.put("seconds", result.seconds());
            checks.add(check);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("ok", report.isOk());
        json.put("version", ProductVersion.VERSION);
        json.put("machine", machine());
        json.put("checks", checks);
        json.put("kept", report.kept().isEmpty() ? null : report.kept());
        return json;
    }
}
