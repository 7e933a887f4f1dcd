package dynoai.engine;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.sample.SampleProfile.Flavour;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.CaseFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** Analyses every golden case and a sample log of each flavour. Also a program to run in a JVM with other settings. */
final class AnalyzeCases {
    private static final int SAMPLE_ROWS = 3000;

    private AnalyzeCases() {}

    /** @param args the folder of the cases, then the folder for the runs */
    public static void main(String[] args) throws Exception {
        into(Path.of(args[0]), Path.of(args[1]));
        System.out.println(Runtime.version().feature() + " " + Locale.getDefault() + " "
                + TimeZone.getDefault().getID() + " " + String.format("%d", 7));
    }

    static void into(Path cases, Path runs) throws Exception {
        BatchAnalysis analysis = BatchAnalysis.ofSystemTime();
        for (CaseFolder golden : CaseFolder.in(cases)) {
            for (String version : golden.versions()) {
                RunTarget target = RunTarget.exactly(runs.resolve(golden.name() + "_" + version));
                try {
                    analysis.analyze(new RunRequest(golden.log(), golden.options(version), target, 2), bytes -> {});
                } catch (LogRejectedException e) {
                    Files.writeString(
                            runs.resolve(golden.name() + "_" + version + ".txt"),
                            e.rejection().message());
                }
            }
        }
        for (Flavour flavour : Flavour.values()) {
            Path log = runs.resolve(flavour + ".csv");
            Files.write(log, SampleLogs.bytes(SampleProfile.healthy(flavour, 11), SAMPLE_ROWS));
            analysis.analyze(
                    new RunRequest(
                            log,
                            AnalysisOptions.of(Map.of("rear_bias", "1.25")),
                            RunTarget.exactly(runs.resolve("sample_" + flavour)),
                            1),
                    bytes -> {});
        }
    }
}
