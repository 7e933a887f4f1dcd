package dynoai.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.scan.DropLayout;
import dynoai.schemas.file.SecretFile;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.FolderStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims in the work folder that another program wrote: they are left alone and lead to no file. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ForeignClaimTest extends DropFolderCase {
    private static final String ID = "2026-11-21T00-00-00Z-aaaaaa";
    private static final String OTHER_ID = "2026-11-21T00-00-00Z-bbbbbb";
    private static final String WORK = ".work/" + ID;
    private static final int MUTATIONS = 300;

    private Path secret;

    @BeforeEach
    void open() throws Exception {
        secret = Files.createDirectories(temp.resolve("secret")).resolve("private.csv");
        Files.writeString(secret, "secret\n");
    }

    private static Map<String, String> claimOf(String shop, String original) {
        Map<String, String> claim = new TreeMap<>();
        claim.put("run_id", "\"" + ID + "\"");
        claim.put("shop", "\"" + shop + "\"");
        claim.put("cell", "default");
        claim.put("original", "\"" + original + "\"");
        claim.put("name", "\"" + original.substring(original.lastIndexOf('/') + 1) + "\"");
        claim.put("size", "2");
        claim.put("sha256", "\"\"");
        claim.put("attempt", "0");
        claim.put("force", "false");
        claim.put("claimed_at", "\"2026-11-21T00:00:00Z\"");
        claim.put("duplicate_of", "\"\"");
        claim.put("options", "{}");
        claim.put("option_files", "{}");
        return claim;
    }

    private Path write(Map<String, String> claim) throws IOException {
        StringBuilder yaml = new StringBuilder();
        claim.forEach(
                (key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        return ingest.drop(WORK + "/run.yaml", yaml.toString());
    }

    private void assertLeftAlone(String why) throws Exception {
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::shop)
                .doesNotContain("evil");
        assertThat(ingest.state(WORK))
                .isInstanceOfSatisfying(
                        FileState.LeftAlone.class,
                        left -> assertThat(left.why()).contains(why));
        assertThat(secret).hasContent("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "name, '\"../../../secret/private.csv\"'",
        "name, '\"../x.csv\"'",
        "name, '\"/etc/passwd.csv\"'",
        "name, '\"a\\0.csv\"'",
        "name, '\"run.yaml\"'",
        "name, '\"..\"'",
        "original, '\"../secret/private.csv\"'",
        "original, '\"evil/../pull.csv\"'",
        "original, '\"/evil/pull.csv\"'",
        "original, '\"done/2026-11-21/pull.csv\"'",
        "original, '\"evil/a/b/pull.csv\"'",
        "original, '\"good/pull.csv\"'",
        "shop, '\"../evil\"'",
        "shop, '\".work\"'",
        "shop, '\"\"'",
        "cell, '\"..\"'",
        "run_id, '\"..\"'",
        "sha256, '\"../../x\"'",
        "duplicate_of, '\"../x\"'",
        "option_files, '{base_front: ../../../secret/private.csv}'",
        "option_files, '{clamp: 00}'",
        "attempt, -1",
        "attempt, 99999999999",
        "size, -1",
        "claimed_at, '\"+999999999-12-31T23:59:59Z\"'",
        "claimed_at, '\"-999999999-01-01T00:00:00Z\"'",
        "options, '{clamp: 1e300}'"
    })
    void claimWithAFieldThatLeadsAway_isLeftAlone(String field, String value) throws Exception {
        // Given
        Map<String, String> claim = claimOf("evil", "evil/pull.csv");
        claim.put(field, value);
        write(claim);
        ingest.drop(WORK + "/pull.csv", "a\n");
        ingest.drop("good/pull.csv", "good\n");
        // When
        ingest.passSettleTime();
        // Then
        assertLeftAlone("not a claim");
        assertThat(ingest.state("good/pull.csv")).isInstanceOf(FileState.Done.class);
    }

    @Test
    void foreignClaims_areExaminedAtMost200InAScan() throws Exception {
        // Given
        for (int number = 0; number < 450; number++) {
            ingest.drop(".work/2026-11-21T00-00-00Z-%06x/run.yaml".formatted(number), "not a claim\n");
        }
        ingest.drop("good/pull.csv", "good\n");
        List<Long> examined = new ArrayList<>();
        // When
        for (int scan = 0; scan < 4; scan++) {
            ingest.pass(scan == 0 ? Duration.ZERO : ingest.settings().poll());
            examined.add(ingest.states.values().stream()
                    .filter(FileState.LeftAlone.class::isInstance)
                    .count());
        }
        ingest.passSettleTime();
        // Then
        assertThat(examined).containsExactly(200L, 400L, 450L, 450L);
        assertThat(ingest.state("good/pull.csv")).isInstanceOf(FileState.Done.class);
    }

    @Test
    void unsignedClaimOfAShopThatIsALink_createsNothingOutside() throws Exception {
        // Given
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.createSymbolicLink(ingest.folder.resolve("evil"), outside);
        Map<String, String> claim = claimOf("evil", "evil/cell/pull.csv");
        claim.put("cell", "cell");
        write(claim);
        ingest.drop(WORK + "/pull.csv", "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertLeftAlone("behind a link");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void claimPlacedBeforeTheStart_isLeftAloneAndReportedOnce() throws Exception {
        // Given
        List<String> reported = new ArrayList<>();
        ingest.onChange = reported::add;
        Map<String, String> claim = claimOf("evil", "evil/pull.csv");
        claim.put("name", "\"../../../secret/private.csv\"");
        write(claim);
        // When
        ingest.restart();
        ingest.passSettleTime();
        ingest.passSettleTime();
        // Then
        assertLeftAlone("not a claim");
        assertThat(reported).containsExactly(WORK);
        assertThat(ingest.failures).isEmpty();
    }

    @Test
    void dotDotInTheArchivedName_movesNothing() throws Exception {
        // Given
        Files.createDirectories(ingest.folder.resolve("done/2026-11-21/" + ID + "-.."));
        Map<String, String> claim = claimOf("secret", "secret/private.csv");
        claim.put("name", "\"../../../../../secret/private.csv\"");
        write(claim);
        // When
        ingest.restart();
        ingest.passSettleTime();
        // Then
        assertLeftAlone("not a claim");
        assertThat(ingest.folder.resolve("secret")).doesNotExist();
    }

    @Test
    void changedClaim_isLeftAlone() throws Exception {
        // Given
        Path yaml = claimOfARunInFlight();
        ingest.close();
        Files.writeString(
                yaml, Files.readString(yaml).replace("shop: good", "shop: evil").replace("good/", "evil/"));
        // When
        ingest.start();
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state(".work/" + yaml.getParent().getFileName()).toString())
                .contains("not written by an ingest that uses this store");
        assertThat(ingest.transport.sent).hasSize(1);
    }

    /** Drops a log of the shop good and returns its claim once it is sent. */
    private Path claimOfARunInFlight() throws Exception {
        ingest.transport.finishesAtOnce = false;
        ingest.drop("good/pull.csv", "good\n");
        ingest.passSettleTime();
        try (Stream<Path> folders = Files.list(ingest.folder.resolve(".work"))) {
            return folders.findFirst().orElseThrow().resolve("run.yaml");
        }
    }

    @Test
    void claimOfAnotherStore_isLeftAloneUntilTheKeyIsBack() throws Exception {
        // Given
        Path yaml = claimOfARunInFlight();
        ingest.close();
        Path key = ingest.store.resolve(ContentStore.Text.KEY.file());
        Path aside = Files.move(key, temp.resolve("aside.key"));
        Files.writeString(key, SecretFile.newSecret());
        ingest.start();
        ingest.passSettleTime();
        String left = ingest.state(".work/" + yaml.getParent().getFileName()).toString();
        ingest.close();
        Files.delete(key);
        Files.move(aside, key);
        // When
        ingest.start();
        ingest.transport.finish(0);
        ingest.passSettleTime();
        // Then
        assertThat(left).contains("LeftAlone");
        assertThat(ingest.state("good/pull.csv")).isInstanceOf(FileState.Done.class);
    }

    @Test
    void claimsOfALostStore_continueAndAreResent() throws Exception {
        // Given
        claimOfARunInFlight();
        ingest.close();
        Files.delete(ingest.store.resolve(ContentStore.Text.KEY.file()));
        // When
        ingest.start();
        ingest.passSettleTime();
        ingest.transport.finish(1);
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent)
                .extracting(InMemoryTransport.SentRun::runId)
                .hasSize(2)
                .containsOnly(ingest.transport.sent.get(0).runId());
        assertThat(ingest.state("good/pull.csv")).isInstanceOf(FileState.Done.class);
    }

    @Test
    void invalidAndLinkedClaimsOfALostStore_areLeftAlone() throws Exception {
        // Given
        ingest.close();
        Files.delete(ingest.store.resolve(ContentStore.Text.KEY.file()));
        Map<String, String> claim = claimOf("evil", "evil/pull.csv");
        claim.put("name", "\"../../../secret/private.csv\"");
        write(claim);
        Path linked = Files.createDirectories(temp.resolve("linked"));
        Files.writeString(linked.resolve("run.yaml"), "run_id: " + OTHER_ID + "\n");
        Files.createSymbolicLink(ingest.folder.resolve(".work").resolve(OTHER_ID), linked);
        // When
        ingest.start();
        ingest.passSettleTime();
        // Then
        assertLeftAlone("not a claim");
        assertThat(linked.resolve("run.yaml")).hasContent("run_id: " + OTHER_ID + "\n");
    }

    @Test
    void claimCopiedFromTheArchive_isLeftAlone() throws Exception {
        // Given
        ingest.drop("good/pull.csv", "good\n");
        ingest.passSettleTime();
        String runId = ingest.transport.sent.get(0).runId();
        try (Stream<Path> archived = Files.walk(ingest.folder.resolve("done"))) {
            Path claim = archived.filter(file -> file.toString().endsWith(".run.yaml"))
                    .findFirst()
                    .orElseThrow();
            Files.createDirectories(ingest.folder.resolve(".work/" + runId));
            Files.copy(claim, ingest.folder.resolve(".work/" + runId + "/run.yaml"));
        }
        ingest.drop(".work/" + runId + "/pull.csv", "other\n");
        // When
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state(".work/" + runId).toString()).contains("archived already");
        assertThat(ingest.transport.sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {WORK, WORK + "/run.yaml", WORK + "/pull.csv"})
    void linkInTheWorkFolder_isLeftAlone(String link) throws Exception {
        // Given
        Path yaml = write(claimOf("evil", "evil/pull.csv"));
        ingest.drop(WORK + "/pull.csv", "a\n");
        Path target = Files.move(ingest.folder.resolve(link), temp.resolve("moved"));
        Files.createSymbolicLink(ingest.folder.resolve(link), target);
        // When
        ingest.passSettleTime();
        // Then
        assertLeftAlone("");
        assertThat(Files.exists(target)).isTrue();
        assertThat(yaml.getFileName()).hasToString("run.yaml");
    }

    @Test
    void fifoAsClaim_isLeftAlone() throws Exception {
        // Given
        Path folder = Files.createDirectories(ingest.folder.resolve(WORK));
        new ProcessBuilder("mkfifo", folder.resolve("run.yaml").toString())
                .start()
                .waitFor();
        // When
        ingest.passSettleTime();
        // Then
        assertLeftAlone("is not a regular file");
    }

    @Test
    void claimOf1GiB_isLeftAlone() throws Exception {
        // Given
        Path folder = Files.createDirectories(ingest.folder.resolve(WORK));
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("run.yaml").toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        // When
        ingest.passSettleTime();
        // Then
        assertLeftAlone("is larger than");
    }

    @Test
    void claimedLogReplacedByALink_isNotRead() throws Exception {
        // Given
        ingest.transport.failPrepare = new IOException("not now");
        ingest.drop("evil/pull.csv", "a\n");
        ingest.passSettleTime();
        try (Stream<Path> claimed = Files.walk(ingest.folder.resolve(".work"))) {
            Path log = claimed.filter(file -> file.endsWith("pull.csv"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(log);
            Files.createSymbolicLink(log, secret);
        }
        ingest.transport.failPrepare = null;
        // When
        ingest.passSettleTime();
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).isEmpty();
        assertThat(secret).hasContent("secret");
        assertThat(ingest.isIdle()).isTrue();
    }

    @Test
    void claimOfAnEarlierVersionThatWasNotSent_isClaimedAfreshFromItsPlace() throws Exception {
        // Given
        write(claimOf("north", "north/pull.csv"));
        ingest.drop(WORK + "/pull.csv", "a\n");
        ingest.drop(WORK + "/pull.csv.options.yaml", "clamp: 9\n");
        // When
        ingest.passSettleTime();
        ingest.passSettleTime();
        // Then
        assertThat(ingest.transport.sent).singleElement().satisfies(run -> {
            assertThat(run.shop()).isEqualTo("north");
            assertThat(run.runId()).isNotEqualTo(ID);
            assertThat(run.options()).containsEntry("clamp", "9.0");
        });
        assertThat(ingest.filesIn("done")).contains("pull.csv");
        assertThat(ingest.filesIn(".work")).isEmpty();
    }

    @Test
    void claimOfAnEarlierVersionWhoseRunIsInTheLedger_continues() throws Exception {
        // Given
        Path yaml = claimOfARunInFlight();
        ingest.close();
        String signed = Files.readString(yaml);
        Files.writeString(yaml, signed.substring(0, signed.indexOf("signature: ")));
        // When
        ingest.start();
        ingest.transport.finish(0);
        ingest.passSettleTime();
        // Then
        assertThat(ingest.state("good/pull.csv")).isInstanceOf(FileState.Done.class);
        assertThat(ingest.transport.sent).hasSize(1);
    }

    @Test
    void unsignedClaimOfAnotherShopsBytes_isLeftAlone() throws Exception {
        // Given
        ingest.drop("good/pull.csv", "good\n");
        ingest.passSettleTime();
        Map<String, String> claim = claimOf("evil", "evil/pull.csv");
        claim.put("sha256", "\"" + Sha256.hex("good\n".getBytes(StandardCharsets.UTF_8)) + "\"");
        claim.put("attempt", "1");
        write(claim);
        // When
        ingest.passSettleTime();
        // Then
        assertLeftAlone("cannot move back");
    }

    @Test
    void placeBehindALink_takesNoLogOut() throws Exception {
        // Given
        Files.createSymbolicLink(ingest.folder.resolve("evil"), secret.getParent());
        write(claimOf("evil", "evil/pull.csv"));
        ingest.drop(WORK + "/pull.csv", "a\n");
        // When
        ingest.passSettleTime();
        // Then
        assertLeftAlone("behind a link");
        assertThat(secret.resolveSibling("pull.csv")).doesNotExist();
    }

    @Test
    void mutatedClaims_leadNowhere() throws Exception {
        // Given
        Path yaml = claimOfARunInFlight();
        byte[] signed = Files.readAllBytes(yaml);
        ingest.transport.finish(0);
        ingest.passSettleTime();
        List<String> before = filesOutside();
        Random random = new Random(11);
        // When
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            byte[] bytes = signed.clone();
            for (int change = 0; change <= mutation % 3; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            String id = ID.substring(0, 21) + String.format("%06x", mutation);
            Path folder = Files.createDirectories(ingest.folder.resolve(".work").resolve(id));
            Files.write(folder.resolve("run.yaml"), bytes);
            Files.writeString(folder.resolve("pull.csv"), "a\n");
        }
        ingest.passSettleTime();
        // Then
        assertThat(filesOutside()).isEqualTo(before);
        assertThat(ingest.transport.sent).hasSize(1);
        assertThat(ingest.filesIn("done")).hasSize(2);
        assertThat(DropReport.of(ingest.folder, DropLayout.SHOPS, ClaimKey.find(new FolderStore(ingest.store)))
                        .in(DropReport.State.LEFT_ALONE))
                .isNotEmpty();
    }

    private List<String> filesOutside() throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            return files.filter(file -> !file.startsWith(ingest.folder))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
