package dynoai.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.app.CommandLineRun;
import dynoai.app.Logs;
import dynoai.app.console.ExitCode;
import dynoai.engine.retention.PolicyReader;
import dynoai.engine.stored.Comparison;
import dynoai.engine.stored.Verification;
import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.s3.LocalS3;
import dynoai.exporter.shelf.RunShelf;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read runs from a bucket. */
class RunsInABucketTest {
    @TempDir
    Path temp;

    private LocalS3 s3;
    private Path original;
    private RunKey key;
    private String address;

    @BeforeEach
    void oneRunInABucket() throws Exception {
        s3 = new LocalS3(temp.resolve("s3"));
        Path log = Logs.pull(temp.resolve("pull.csv"));
        original = temp.resolve("analyzed");
        var analyzed = CommandLineRun.of("analyze", "--csv", log.toString(), "--outdir", original.toString());
        assertThat(analyzed.exitCode()).as(analyzed.err()).isZero();
        key = new RunKey("north", ManifestReader.read(original).runId());
        address = LocalS3.ADDRESS + "/" + key;
        StorageLocation bucket = new StorageLocation(
                LocalS3.ADDRESS, new StorageAccess(Optional.of(s3.endpoint()), true, Optional.empty()));
        publish(bucket.shelf(temp.resolve("exporter"), "exporter"));
    }

    @AfterEach
    void stopServer() throws IOException {
        s3.close();
    }

    private void publish(RunShelf shelf) throws Exception {
        try (RunFolder folder = shelf.begin(key, Optional.empty());
                Stream<Path> files = Files.list(original)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                folder.adopt(file.getFileName().toString(), file);
            }
            folder.publish();
        }
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--s3-endpoint", s3.endpoint().toString(), "--s3-path-style"));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private CommandLineRun fetch(Path to) {
        return run("fetch", key.runId(), "--shop", key.shop(), "--runs", LocalS3.ADDRESS, "--to", to.toString());
    }

    private Path bundle() throws IOException {
        try (Stream<Path> objects = Files.list(s3.object("runs/" + key))) {
            return objects.filter(object -> object.toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void fetch_copiesTheRunWholeAndChangesNothingTheSecondTime() throws Exception {
        // Given
        Path to = temp.resolve("copies");
        CommandLineRun first = fetch(to);
        // When
        CommandLineRun second = fetch(to);
        // Then
        Path copy = to.resolve(key.runId());
        assertThat(first).isEqualTo(new CommandLineRun(ExitCode.SUCCESS, copy + System.lineSeparator(), ""));
        assertThat(second).isEqualTo(first);
        assertThat(Verification.of(copy).isWhole()).isTrue();
        assertThat(Comparison.of(original, copy).isEqual()).isTrue();
    }

    @Test
    void fetch_leavesAFolderWithOtherFilesAsItIs() throws Exception {
        // Given
        Path other = Files.createDirectories(temp.resolve("copies").resolve(key.runId()));
        Files.writeString(other.resolve("manifest.json"), "{}");
        // When
        CommandLineRun fetched = fetch(temp.resolve("copies"));
        // Then
        assertThat(fetched.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(fetched.err()).contains("it exists and is not run " + key + " as published");
        assertThat(other.resolve("manifest.json")).hasContent("{}");
        assertThat(other.resolve("data.csv")).doesNotExist();
    }

    @Test
    void fetch_createsNoFolderOfADamagedRun() throws Exception {
        // Given
        s3.damage(bundle(), "RPM");
        // When
        CommandLineRun fetched = fetch(temp.resolve("copies"));
        // Then
        assertThat(fetched.exitCode()).isEqualTo(ExitCode.VALIDATION_ERROR);
        assertThat(fetched.err()).contains("is not the file that the manifest lists");
        assertThat(temp.resolve("copies")).isEmptyDirectory();
    }

    @Test
    void fetch_namesTheShopOfAMissingRun() {
        // When
        CommandLineRun fetched = run(
                "fetch",
                key.runId(),
                "--runs",
                LocalS3.ADDRESS,
                "--to",
                temp.resolve("copies").toString());
        // Then
        assertThat(fetched.exitCode()).isEqualTo(ExitCode.FILE_NOT_FOUND);
        assertThat(fetched.err()).contains("no run " + key.runId() + " of shop local");
    }

    @Test
    void fetch_copiesFromAFolderToo() throws Exception {
        // Given
        fetch(temp.resolve("runs/north"));
        // When
        CommandLineRun fetched = CommandLineRun.of(
                "fetch",
                key.runId(),
                "--shop",
                "north",
                "--runs",
                temp.resolve("runs").toString(),
                "--to",
                temp.resolve("copies").toString());
        // Then
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        assertThat(Verification.of(temp.resolve("copies").resolve(key.runId())).isWhole())
                .isTrue();
    }

    @Test
    void verifyAndCompare_nameTheAddress() {
        // When
        CommandLineRun verified = run("verify", address);
        CommandLineRun compared = run("compare", original.toString(), address, "--json");
        // Then
        assertThat(verified.exitCode()).as(verified.err()).isZero();
        assertThat(verified.out()).startsWith(address + ": whole, ");
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out()).contains("\"right\": \"" + address + "\"");
    }

    @Test
    void invalidAddressOfARun_isAnError() {
        // When
        CommandLineRun verified = run("verify", "s3://bucket");
        // Then
        assertThat(verified.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(verified.err()).contains("not an address like s3://bucket/prefix/SHOP/RUN_ID: 's3://bucket'");
    }

    @Test
    void report_readsTheRunsOfItsDays() {
        // Given
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String[] recent = {
            "--from", today.minusDays(1).toString(), "--to", today.plusDays(1).toString()
        };
        String[] earlier = {"--from", "2020-01-01", "--to", "2020-01-31"};
        // When
        CommandLineRun now = run("report", LocalS3.ADDRESS, recent[0], recent[1], recent[2], recent[3], "--json");
        CommandLineRun before =
                run("report", LocalS3.ADDRESS, earlier[0], earlier[1], earlier[2], earlier[3], "--json");
        // Then
        assertThat(now.exitCode()).as(now.err()).isZero();
        assertThat(now.out()).contains(key.runId()).contains("north");
        assertThat(before.exitCode()).as(before.err()).isZero();
        assertThat(before.out()).doesNotContain(key.runId());
    }

    @Test
    void rebuiltCatalogue_hasTheRunsOfTheBucket() throws Exception {
        // Given
        String data = temp.resolve("data").toString();
        // When
        CommandLineRun rebuilt = run("catalogue", "rebuild", "--runs", LocalS3.ADDRESS, "--data", data);
        // Then
        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
        assertThat(rebuilt.out()).startsWith("1 run and rejected logs listed");
        assertThat(rebuilt.err()).isEmpty();
    }

    @Test
    void rebuiltCatalogue_leavesOutDamagedRuns() throws Exception {
        // Given
        s3.damage(bundle(), "rows_read");
        String data = temp.resolve("data").toString();
        // When
        CommandLineRun rebuilt = run("catalogue", "rebuild", "--runs", LocalS3.ADDRESS, "--data", data);
        // Then
        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
        assertThat(rebuilt.out()).startsWith("0 runs and rejected logs listed");
        assertThat(rebuilt.err()).contains("Runs that could not be read are left out.");
    }

    @Test
    void veApply_takesTheFactorsOfARun() throws Exception {
        // Given
        Path base = Files.copy(original.resolve("VE_Correction_Delta_Front.csv"), temp.resolve("base.csv"));
        String table = Files.readString(base).replaceAll("'[+-][0-9.]+", "100.0");
        Files.writeString(base, table);
        Path fromFolder = temp.resolve("folder.csv");
        Path fromBucket = temp.resolve("bucket.csv");
        CommandLineRun.of(
                "ve", "apply", base.toString(), "--run", original.toString(), "--output", fromFolder.toString());
        // When
        CommandLineRun applied =
                run("ve", "apply", base.toString(), "--run", address, "--output", fromBucket.toString());
        // Then
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.err()).contains("fetch the run");
        assertThat(fromBucket).hasSameBinaryContentAs(fromFolder);
    }

    @Test
    void retention_refersToTheBucketsRules() throws Exception {
        // Given
        Path policy = Files.writeString(temp.resolve("retention.yaml"), PolicyReader.EXAMPLE);
        // When
        CommandLineRun refused = run(
                "retention",
                "--policy",
                policy.toString(),
                "--runs",
                LocalS3.ADDRESS,
                "--data",
                temp.resolve("data").toString());
        // Then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID_ARGUMENTS);
        assertThat(refused.err()).contains("lifecycle rules");
    }
}
