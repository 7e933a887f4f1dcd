package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.app.deadletter.DeadLetterMonitor;
import dynoai.app.node.NodeInfo;
import dynoai.automation.event.BindingStatus;
import dynoai.automation.event.RecipeBindings;
import dynoai.ingest.folder.DropReport;
import dynoai.ingest.folder.claim.ClaimKey;
import dynoai.ingest.folder.scan.DropLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what is waiting, in flight, done and rejected, per shop. */
@Command(
        name = "status",
        description = "Show what is waiting, in flight, done and rejected, per shop.",
        footer = {
            "",
            "Reads the drop folder, and from --data the outcomes of bound recipes and the dead letters that the latest",
            "node has counted; no node needs to run.",
            "Lists the first 10 logs that are waiting, claimed or sent; --json lists all.",
            "",
            "Example:",
            "  dynoai status --drop drop --json",
        },
        exitCodeList = "2:no such drop folder")
public final class StatusCommand implements Callable<Integer> {
    private static final int MAX_LISTED = 10;

    private final Console console;

    @Mixin
    private FolderFlags flags = new FolderFlags();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    public StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        FolderFlags.Folders folders = flags.ofLatest();
        DropReport report = DropReport.of(
                folders.drop(), DropLayout.SHOPS, ClaimKey.find(folders.store().store(folders.data())));
        List<BindingStatus> recipes = RecipeBindings.statusOf(RecipeBindings.folderIn(folders.data()));
        DeadLetterMonitor.Summary dead = DeadLetterMonitor.latest(folders.data());
        Map<String, Map<DropReport.State, Integer>> shops = byShop(report);
        if (json) {
            Map<String, @Nullable Object> all = json(folders.node(), report, shops, recipes);
            all.put("dead_letters", (long) dead.count());
            all.put("first_dead_letter", dead.count() == 0 ? null : dead.first());
            JsonOut.print(console, all);
        } else {
            print(folders.node(), report, shops);
            if (dead.count() > 0) {
                console.println("dead     " + dead.text());
            }
            recipes.forEach(this::print);
        }
        return ExitCode.SUCCESS;
    }

    private static Map<String, Map<DropReport.State, Integer>> byShop(DropReport report) {
        Map<String, Map<DropReport.State, Integer>> shops = new TreeMap<>();
        for (DropReport.Entry entry : report.entries()) {
            if (!entry.shop().isEmpty()) {
                shops.computeIfAbsent(entry.shop(), shop -> new TreeMap<>()).merge(entry.state(), 1, Integer::sum);
            }
        }
        return shops;
    }

    private void print(Optional<NodeInfo> node, DropReport report, Map<String, Map<DropReport.State, Integer>> shops) {
        console.println(node.map(up -> "running: process " + up.pid() + ", Kafka on " + up.bootstrap()
                        + up.page().map(page -> ", page on " + page).orElse("")
                        + (up.health().isEmpty() ? "" : ", health on " + up.health()))
                .orElse("no node is running on this data directory"));
        console.println(String.format(
                Locale.ROOT,
                "%-24s %8s %8s %8s %8s %8s %8s",
                "shop",
                "waiting",
                "claimed",
                "sent",
                "done",
                "rejected",
                "again"));
        shops.forEach((shop, counts) -> console.println(String.format(
                Locale.ROOT,
                "%-24s %8d %8d %8d %8d %8d %8d",
                shop,
                counts.getOrDefault(DropReport.State.WAITING, 0),
                counts.getOrDefault(DropReport.State.CLAIMED, 0),
                counts.getOrDefault(DropReport.State.SENT, 0),
                counts.getOrDefault(DropReport.State.DONE, 0),
                counts.getOrDefault(DropReport.State.REJECTED, 0),
                counts.getOrDefault(DropReport.State.DUPLICATE, 0))));
        printFirst(report, DropReport.State.WAITING);
        printFirst(report, DropReport.State.CLAIMED);
        printFirst(report, DropReport.State.SENT);
        for (DropReport.Entry entry : report.in(DropReport.State.REJECTED)) {
            console.println("rejected " + entry.file() + ": " + entry.detail() + " (" + entry.runId() + ")");
        }
        for (DropReport.Entry entry : report.in(DropReport.State.LEFT_ALONE)) {
            console.println("left     " + entry.file() + ": " + entry.detail());
        }
    }

    /** Lists the first logs in a state: a drop folder may contain thousands that wait. */
    private void printFirst(DropReport report, DropReport.State state) {
        List<DropReport.Entry> entries = report.in(state);
        String label = String.format(Locale.ROOT, "%-8s ", key(state));
        entries.stream()
                .limit(MAX_LISTED)
                .map(entry -> entry.file() + (entry.runId().isEmpty() ? "" : " (" + entry.runId() + ")"))
                .forEach(line -> console.println(label + line));
        if (entries.size() > MAX_LISTED) {
            console.println(label + "and " + (entries.size() - MAX_LISTED) + " more");
        }
    }

    private void print(BindingStatus recipe) {
        console.println("recipe   " + recipe.recipe() + ": " + recipe.waiting() + " waiting, " + recipe.succeeded()
                + " done, " + recipe.failed() + " failed"
                + (recipe.lastFailure().isEmpty() ? "" : "; latest failure: " + recipe.lastFailure()));
    }

    private static List<Object> recipes(List<BindingStatus> recipes) {
        List<Object> all = new ArrayList<>();
        for (BindingStatus recipe : recipes) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("recipe", recipe.recipe());
            one.put("waiting", recipe.waiting());
            one.put("done", recipe.succeeded());
            one.put("failed", recipe.failed());
            one.put("latest_failure", recipe.lastFailure().isEmpty() ? null : recipe.lastFailure());
            all.add(one);
        }
        return all;
    }

    private static Map<String, @Nullable Object> json(
            Optional<NodeInfo> node,
            DropReport report,
            Map<String, Map<DropReport.State, Integer>> shops,
            List<BindingStatus> recipes) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("running", node.isPresent());
        all.put("bootstrap", node.map(NodeInfo::bootstrap).orElse(null));
        all.put("page", node.flatMap(NodeInfo::page).orElse(null));
        all.put(
                "health",
                node.map(NodeInfo::health).filter(health -> !health.isEmpty()).orElse(null));
        Map<String, @Nullable Object> counted = new LinkedHashMap<>();
        shops.forEach((shop, counts) -> {
            Map<String, @Nullable Object> states = new LinkedHashMap<>();
            for (DropReport.State state : DropReport.State.values()) {
                states.put(key(state), counts.getOrDefault(state, 0));
            }
            counted.put(shop, states);
        });
        all.put("shops", counted);
        List<Object> logs = new ArrayList<>();
        for (DropReport.Entry entry : report.entries()) {
            if (entry.state() != DropReport.State.DONE) {
                Map<String, @Nullable Object> log = new LinkedHashMap<>();
                log.put("state", key(entry.state()));
                log.put("file", entry.file());
                log.put("shop", entry.shop());
                log.put("cell", entry.cell());
                log.put("run_id", entry.runId());
                log.put("detail", entry.detail());
                logs.add(log);
            }
        }
        all.put("logs", logs);
        all.put("recipes", recipes(recipes));
        return all;
    }

    private static String key(DropReport.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
