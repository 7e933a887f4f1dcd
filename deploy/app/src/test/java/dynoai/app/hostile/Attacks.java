package dynoai.app.hostile;

import java.util.List;
import java.util.stream.Stream;

/**
 * The table of attacks. {@code -Ddynoai.attacks=N} sets the number of mutated files and records of each kind,
 * {@code -Ddynoai.exchanges=N} that of exchanges with a server; {@code -Ddynoai.attack=REGEX} selects attacks by name.
 */
final class Attacks {
    private static final String NAMES = System.getProperty("dynoai.attack", ".*");
    private static final int FILES = Integer.getInteger("dynoai.attacks", 100);
    private static final int EXCHANGES = Integer.getInteger("dynoai.exchanges", 60);

    /** Hostile logs compete with others for the same threads; more than this would measure the load, not the attack. */
    private static final int LOGS_PER_SECOND = 10;

    private Attacks() {}

    static Stream<Attack> table() {
        return Stream.of(onFolders(), onRecords(), onServers())
                .flatMap(List::stream)
                .filter(attack -> attack.name().matches(NAMES));
    }

    /** Attackers who may write to the drop folder. */
    static List<Attack> onFolders() {
        return List.of(
                new Attack(
                                "option files, mutated",
                                "a log of its own next to each, as its sidecar or as dynoai.yaml of its folder",
                                "each log is done or rejected",
                                FILES,
                                FolderAttacks::mutatedOptions,
                                FolderAttacks::everyHostileLogEnds)
                        .perSecond(LOGS_PER_SECOND),
                new Attack(
                        "option file: NUL byte in a table's name",
                        "dynoai.yaml in a shop without logs",
                        "other shops go on",
                        1,
                        (node, mutator, number) -> node.drop("nul/dynoai.yaml", "base_front: \"a\\0b.csv\"\n"),
                        node -> {}),
                new Attack(
                        "option file: lone surrogate in a table's name",
                        "as base_rear of a sidecar without a log",
                        "other shops go on",
                        1,
                        (node, mutator, number) ->
                                node.drop("surrogate/a.csv.options.yaml", "base_rear: \"\\uD800.csv\"\n"),
                        node -> {}),
                new Attack(
                        "option file: 200 MB, a link to an endless device, a FIFO",
                        "dynoai.yaml in three shops",
                        "other shops go on",
                        1,
                        FolderAttacks::endlessOptions,
                        node -> {}),
                new Attack(
                        "option files and tables: links out of the drop folder",
                        "dynoai.yaml and a base table link to canaries, each with a log",
                        "both logs are rejected, nothing of a canary is in a run folder",
                        1,
                        FolderAttacks::linksOut,
                        FolderAttacks::everyHostileLogEnds),
                new Attack(
                        "claims, mutated",
                        "a claim of the node, copied and damaged in .work, also with a log or a link as its log",
                        "no run for it, and its files stay where they are",
                        FILES,
                        FolderAttacks::mutatedClaim,
                        FolderAttacks::noClaimWasFollowed),
                new Attack(
                        "claims: files out of the drop folder",
                        "a valid claim whose log, shop or original is a path to a canary; folders for it to move to",
                        "no run for it, the canary stays where it is",
                        4,
                        FolderAttacks::claimOfCanary,
                        FolderAttacks::noClaimWasFollowed),
                new Attack(
                        "claims: links and FIFOs",
                        "run.yaml is a FIFO or a link out, or the claim's folder is a link out",
                        "no run for it",
                        3,
                        FolderAttacks::claimThatIsNoFile,
                        FolderAttacks::noClaimWasFollowed),
                new Attack(
                        "archive: done/{day} is a link out",
                        "the folder of the day is renamed, a link to another folder takes its place",
                        "no file leaves the drop folder",
                        1,
                        FolderAttacks::linkedDay,
                        FolderAttacks::unlinkDay),
                new Attack(
                        "archive: reason.json is a FIFO",
                        "in a folder below rejected/",
                        "other shops go on",
                        1,
                        (node, mutator, number) -> FolderAttacks.fifo(node.folders()
                                .drop()
                                .resolve("rejected/2026-01-02/2026-01-02T00-00-00Z-aaaaaa-x/reason.json")),
                        node -> {}),
                new Attack(
                                "work folder deleted",
                                ".work is renamed while the node runs and no log is in flight",
                                "other shops go on",
                                1,
                                (node, mutator, number) -> {},
                                node -> {})
                        .after(FolderAttacks::renameWork),
                new Attack(
                        "names of logs with line breaks",
                        "the second line looks like one of the node's",
                        "no line that the node prints begins with the forged text",
                        1,
                        (node, mutator, number) ->
                                node.drop("names/a\n" + FolderAttacks.FORGED_LINE + "b.csv", "no log\n"),
                        FolderAttacks::noForgedLine));
    }

    /** Attackers who have the secret of the embedded broker, and one who has not. */
    static List<Attack> onRecords() {
        RecordAttacks records = new RecordAttacks();
        return List.of(
                new Attack(
                                "records, forged",
                                "outcomes and results of finished runs under the run ids in .work",
                                "each run is that of its log",
                                FILES,
                                records::forged,
                                node -> {})
                        .after(records::read),
                new Attack(
                                "records, mutated",
                                "genuine records of all topics, damaged, to any topic and partition under any finished run's key",
                                "finished runs keep their bytes",
                                FILES,
                                records::mutated,
                                node -> {})
                        .after(records::read),
                new Attack(
                        "records, unknown schemas",
                        "the marker of the encoding and a fingerprint that no schema has, on every topic",
                        "after a wait of at most a minute the partitions go on",
                        EXCHANGES,
                        RecordAttacks::unknownFingerprint,
                        node -> {}),
                new Attack(
                        "records without the secret",
                        "a client of the embedded broker's port without authentication",
                        "it can neither write nor list topics",
                        1,
                        RecordAttacks::withoutSecret,
                        node -> {}));
    }

    /** Attackers who reach the ports. */
    static List<Attack> onServers() {
        return List.of(
                new Attack(
                        "HTTP, mutated",
                        "requests for page, API, health and metrics: damaged, with paths out, smuggled or incomplete",
                        "no 500, no header from the request, nothing of a canary, no act",
                        EXCHANGES,
                        HttpAttacks::mutated,
                        node -> {}),
                new Attack(
                        "HTTP, held connections",
                        "connections with half a header, and connections that read nothing",
                        "health answers",
                        60,
                        HttpAttacks::held,
                        NodeUnderAttack::release),
                new Attack(
                        "context server, mutated",
                        "requests damaged, too long, nested, or HTTP as a web page sends it",
                        "no change by HTTP, other clients' values stay",
                        EXCHANGES,
                        ContextAttacks::mutated,
                        ContextAttacks::valuesStay));
    }
}
