package dynoai.exporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.analysis.AnalysisResult;
import dynoai.exporter.analysis.AnalysisResult.InputLog;
import dynoai.exporter.analysis.BaseTables;
import dynoai.exporter.analysis.RunAnalysis;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.Stage;
import dynoai.exporter.table.GridCsv;
import dynoai.exporter.table.InvalidTableException;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.RunGrids;
import dynoai.schemas.json.Json;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.run.ManifestSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunExportTest {
    private static final byte[] LOG = "rpm,map,torque\n3000,80,70\n".getBytes(UTF_8);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.250Z");

    @TempDir
    Path base;

    @Test
    void run_hasEveryFileAndAManifestThatListsThem() throws Exception {
        // When
        Manifest manifest = export("one", analysis(BaseTables.NONE), metadata("one", "/logs/a.csv", NOON));
        // Then
        Path folder = base.resolve("one");
        assertThat(files(folder).keySet())
                .containsExactlyInAnyOrder(
                        "VE_Correction_Delta_DYNO.csv",
                        "VE_Correction_Delta_Front.csv",
                        "VE_Correction_Delta_Rear.csv",
                        "Spark_Adjust_Suggestion_Front.csv",
                        "Spark_Adjust_Suggestion_Rear.csv",
                        "AFR_Error_Map_Front.csv",
                        "AFR_Error_Map_Rear.csv",
                        "Coverage_Front.csv",
                        "Coverage_Rear.csv",
                        "Torque_Map_Front.csv",
                        "Torque_Map_Rear.csv",
                        "Torque_Map_Combined.csv",
                        "HP_Map_Front.csv",
                        "HP_Map_Rear.csv",
                        "HP_Map_Combined.csv",
                        "VE_Delta_PasteReady.txt",
                        "VE_Delta_Front_PasteReady.txt",
                        "VE_Delta_Rear_PasteReady.txt",
                        "Spark_Front_PasteReady.txt",
                        "Spark_Rear_PasteReady.txt",
                        "Timeline.csv",
                        "Diagnostics_Report.txt",
                        "Anomaly_Hypotheses.json",
                        "report.html",
                        "data.csv",
                        "manifest.json",
                        "one.manifest.json");
        assertThat(manifest.outputs()).hasSize(25);
        for (ManifestOutput output : manifest.outputs()) {
            assertThat(Sha256.hex(folder.resolve(output.file()))).isEqualTo(output.sha256());
            assertThat(Files.size(folder.resolve(output.file()))).isEqualTo(output.sizeBytes());
        }
        assertThat(Files.readAllBytes(folder.resolve("manifest.json")))
                .isEqualTo(Files.readAllBytes(folder.resolve("one.manifest.json")));
    }

    @Test
    void manifest_followsItsSchemaAndItsFingerprintHolds() throws Exception {
        // When
        export("one", analysis(BaseTables.NONE), metadata("one", "/logs/a.csv", NOON));
        // Then
        byte[] written = Files.readAllBytes(base.resolve("one/manifest.json"));
        ManifestSchema.assertValid(written);
        Manifest read = ManifestReader.read("manifest.json", written);
        assertThat(read.ok()).isTrue();
        assertThat(read.hasRightFingerprint()).isTrue();
        assertThat(read.runId()).isEqualTo("one");
        assertThat(read.root())
                .containsEntry("created_at", "2026-03-01T12:00:00.250Z")
                .containsEntry("total_rows", 1101L)
                .containsEntry("valid_afr_samples", 2200L)
                .containsEntry("max_clamp_pct", 7.0);
    }

    @Test
    void sameLogAndOptions_giveTheSameBytesInAnyLocaleAndZone() throws Exception {
        // Given
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        // When
        Manifest first = export("one", analysis(BaseTables.NONE), metadata("one", "/logs/a.csv", NOON));
        Manifest second;
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            second =
                    export("two", analysis(BaseTables.NONE), metadata("two", "/elsewhere/b.csv", NOON.plusSeconds(99)));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        // Then
        Map<String, String> one = files(base.resolve("one"));
        Map<String, String> two = files(base.resolve("two"));
        for (String volatileFile : List.of("manifest.json", "one.manifest.json", "two.manifest.json")) {
            one.remove(volatileFile);
            two.remove(volatileFile);
        }
        assertThat(two).isEqualTo(one);
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.bytes()).isNotEqualTo(first.bytes());
    }

    @Test
    void otherOptionsOrOtherBytes_changeTheFingerprint() throws Exception {
        // Given
        AnalysisResult analysis = analysis(BaseTables.NONE);
        AnalysisResult otherOption = RunAnalysis.run(
                analysis.input(),
                BaseTables.NONE,
                AnalysisOptions.of(Map.of("clamp", "8")),
                analysis.description(),
                analysis.grids());
        // When
        String one = export("one", analysis, metadata("one", "a", NOON)).fingerprint();
        String two = export("two", otherOption, metadata("two", "a", NOON)).fingerprint();
        // Then
        assertThat(two).isNotEqualTo(one);
    }

    @Test
    void editedManifest_hasAWrongFingerprint() throws Exception {
        // Given
        Manifest manifest = export("one", analysis(BaseTables.NONE), metadata("one", "a", NOON));
        String edited = new String(manifest.bytes(), UTF_8).replace("\"clamp\": 7.0", "\"clamp\": 9.0");
        // When
        Manifest read = ManifestReader.read("manifest.json", edited.getBytes(UTF_8));
        // Then
        assertThat(read.hasRightFingerprint()).isFalse();
    }

    @Test
    void baseTables_areUpdatedByTheUnroundedDeltaAndNamedByHashOnly() throws Exception {
        // Given a base with an empty cell, and a correction in a single cell
        byte[] base = GridCsv.write(SampleRun.with(SampleRun.filled(80), 1500, 35, Double.NaN), 4, false);
        AnalysisResult analysis = analysis(
                new SampleRun()
                        .corr(SampleRun.only(3000, 80, 1.0 / 3), SampleRun.only(3000, 80, 1.0 / 3))
                        .grids(),
                BaseTables.of("front.csv", base),
                Map.of("base_front", "/secret/place/front.csv"));
        // When
        Manifest manifest = export("one", analysis, metadata("one", "a", NOON));
        // Then 80 × 1.00333… is 80.2667, where the rounded 0.33 would give 80.2640
        String front = Files.readString(this.base.resolve("one/VE_Front_Updated.csv"));
        assertThat(front)
                .startsWith("RPM,35,50,65,80,95\r\n1500,,80.0000,80.0000,80.0000,80.0000\r\n")
                .contains("3000,80.0000,80.0000,80.0000,80.2667,80.0000\r\n");
        assertThat(this.base.resolve("one/VE_Rear_Updated.csv")).hasContent(front);
        assertThat(Files.readString(this.base.resolve("one/VE_Front_Absolute_PasteReady.txt")))
                .startsWith("\t80.0000\t");
        Map<?, ?> args = (Map<?, ?>) manifest.root().get("args");
        assertThat(args.get("base_front_sha256")).isEqualTo(Sha256.hex(base));
        assertThat(args.get("base_rear_sha256")).isNull();
    }

    @Test
    void baseTableWithOtherBins_isRejected() {
        // Given
        byte[] table = "RPM,40,60\r\n1500,80,80\r\n".getBytes(UTF_8);
        // When / Then
        assertThatThrownBy(() -> BaseTables.of("base.csv", table)).isInstanceOf(InvalidTableException.class);
    }

    @Test
    void logThatChangedSize_failsTheExport() throws Exception {
        // Given
        AnalysisResult analysis = analysis(BaseTables.NONE);
        // When / Then
        try (RunFolder folder = RunFolder.fresh(base.resolve("one"), "test")) {
            folder.write("data.csv", new byte[3]);
            assertThatThrownBy(() -> RunExport.write(folder, analysis, metadata("one", "a", NOON)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("data.csv has 3 bytes");
        }
    }

    @Test
    void failedRun_hasAManifestWithTheReason() throws Exception {
        // Given a run that failed before its rows were counted
        FailedRun failed = new FailedRun(
                new InputLog(Sha256.hex(LOG), LOG.length),
                BaseTables.NONE,
                AnalysisOptions.defaults(),
                null,
                null,
                Stage.PARSE,
                "rows do not add up");
        // When
        try (RunFolder folder = RunFolder.fresh(base.resolve("one"), "test")) {
            folder.write("data.csv", LOG);
            RunExport.writeFailure(folder, failed, metadata("one", "a", NOON));
            folder.publish();
        }
        // Then
        byte[] written = Files.readAllBytes(base.resolve("one/manifest.json"));
        ManifestSchema.assertValid(written);
        Manifest manifest = ManifestReader.read("manifest.json", written);
        assertThat(manifest.ok()).isFalse();
        assertThat(manifest.message()).isEqualTo("rows do not add up");
        assertThat(manifest.root()).containsEntry("last_stage", "parse");
        assertThat(manifest.outputs()).extracting(ManifestOutput::file).containsExactly("data.csv");
    }

    @Test
    void timeline_hasOneLineForEachWindow() throws Exception {
        // When
        export("one", analysis(BaseTables.NONE), metadata("one", "a", NOON));
        // Then
        assertThat(Files.readString(base.resolve("one/Timeline.csv")))
                .isEqualTo("window,first_row,rows,start_s,end_s,mean_rpm,mean_map_kpa,"
                        + "front_accepted,front_mean_afr_err_pct,front_mean_corr_pct,front_peak_knock_deg,front_peak_iat_f,"
                        + "rear_accepted,rear_mean_afr_err_pct,rear_mean_corr_pct,rear_peak_knock_deg,rear_peak_iat_f\r\n"
                        + "0,1,1100,0.000,22.000,3000.0,80.00,1100,'-1.25,1.25,0.0,,1100,,,0.0,100.0\r\n");
    }

    @Test
    void anomalies_areJsonWithBothCylindersCounters() throws Exception {
        // When
        export("one", analysis(BaseTables.NONE), metadata("one", "a", NOON));
        // Then
        Map<?, ?> json = (Map<?, ?>) Json.read(Files.readAllBytes(base.resolve("one/Anomaly_Hypotheses.json")));
        Map<?, ?> diagnostics = (Map<?, ?>) json.get("correction_diagnostics");
        assertThat(((Map<?, ?>) diagnostics.get("front")).get("accepted_wb")).isEqualTo(1100L);
        assertThat(json.get("anomalies")).isInstanceOf(List.class);
    }

    private Manifest export(String name, AnalysisResult analysis, RunMetadata metadata) throws Exception {
        try (RunFolder folder = RunFolder.fresh(base.resolve(name), "test")) {
            folder.write("data.csv", LOG);
            Manifest manifest = RunExport.write(folder, analysis, metadata);
            folder.publish();
            return manifest;
        }
    }

    private static RunMetadata metadata(String runId, String inputPath, Instant started) {
        return new RunMetadata(runId, inputPath, started, () -> started.plusMillis(42));
    }

    private static AnalysisResult analysis(BaseTables baseTables) throws Exception {
        Random seeded = new Random(9);
        Grid front = SampleRun.random(seeded, 1, 12);
        Grid rear = SampleRun.random(seeded, 1, 12);
        return analysis(new SampleRun().corr(front, rear).grids(), baseTables, Map.of());
    }

    private static AnalysisResult analysis(RunGrids grids, BaseTables baseTables, Map<String, String> options)
            throws Exception {
        return RunAnalysis.run(
                new InputLog(Sha256.hex(LOG), LOG.length),
                baseTables,
                AnalysisOptions.of(new LinkedHashMap<>(options)),
                description(),
                grids);
    }

    private static LogDescription description() {
        return new LogDescription(
                LogFormat.WINPEP,
                "UTF-8",
                "comma",
                List.of("rpm", "map", "torque"),
                List.of(new LogDescription.Source(Channel.RPM, "column", "rpm", "")),
                true,
                true,
                false,
                List.of(),
                List.of(),
                0,
                false,
                List.of());
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                files.put(child.getFileName().toString(), Sha256.hex(child));
            }
        }
        return files;
    }
}
