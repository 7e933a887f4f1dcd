package dynoai.engine.retention;

import dynoai.exporter.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a policy removes of an inventory, and what stays although the policy lets it go. */
public final class RetentionPlan {
    private static final Comparator<Item> NEWEST_FIRST =
            Comparator.comparingLong(Item::atMillis).thenComparing(Item::id).reversed();

    private final Inventory inventory;
    private final Predicate<Item> filter;
    private final long now;
    private final List<Planned> planned = new ArrayList<>();
    private final Map<RetentionKind, Long> examined = new EnumMap<>(RetentionKind.class);
    private final Map<Guard, Long> guarded = new EnumMap<>(Guard.class);
    private final Set<String> inMaps = new HashSet<>();
    private final Set<Long> used = new HashSet<>();
    private final Links links = Links.ofRemovals();

    /** A removal, with what it removes. */
    record Planned(Item item, Removal removal) {}

    private RetentionPlan(Inventory inventory, Predicate<Item> filter, long now) {
        this.inventory = inventory;
        this.filter = filter;
        this.now = now;
    }

    /** @param filter narrows what may go; everything else is weighed all the same */
    static RetentionPlan of(Inventory inventory, RetentionPolicy policy, Predicate<Item> filter, long now)
            throws IOException, InterruptedException {
        RetentionPlan plan = new RetentionPlan(inventory, filter, now);
        for (RetentionKind kind : RetentionKind.values()) {
            plan.add(kind, policy.rules().get(kind));
        }
        return plan;
    }

    List<Planned> planned() {
        return planned;
    }

    /** Returns what goes, in the order of the removal. */
    public List<Removal> removals() {
        return planned.stream().map(Planned::removal).toList();
    }

    /** Returns how many of each kind there are. */
    public Map<RetentionKind, Long> examined() {
        return examined;
    }

    /** Returns how many stay although the policy lets them go, by reason. */
    public Map<String, Long> guarded() {
        Map<String, Long> byWords = new LinkedHashMap<>();
        guarded.forEach((guard, count) -> byWords.put(guard.words(), count));
        return byWords;
    }

    private void add(RetentionKind kind, @Nullable RetentionRule rule) throws IOException, InterruptedException {
        List<Item> items = new ArrayList<>(inventory.of(kind));
        items.sort(NEWEST_FIRST);
        examined.put(kind, (long) items.size());
        Set<Item> last = last(kind, items);
        List<Item> staying = new ArrayList<>();
        Map<String, Integer> newer = new HashMap<>();
        List<Planned> going = new ArrayList<>();
        for (Item item : items) {
            int before = newer.merge(item.group(), 1, Integer::sum) - 1;
            @Nullable String why = rule == null ? null : rule.expired(now - item.atMillis(), before);
            if (why == null || !goes(item, last, why, going)) {
                staying.add(item);
            }
        }
        if (rule != null && rule.maxBytes() != null) {
            shrink(staying, rule.maxBytes(), last, going);
        }
        for (Item item : staying) {
            if (kind == RetentionKind.RUNS) {
                used.addAll(item.uses());
            }
            item.runIds().forEach(run -> inMaps.add(item.place().shop() + '/' + run));
        }
        going.sort(Comparator.comparing(Planned::item, NEWEST_FIRST.reversed()));
        for (Planned one : going) {
            checkInterrupted();
            planned.add(
                    new Planned(one.item(), removal(one.item(), one.removal().why(), links.bytes(one.item()))));
        }
    }

    /** Whether an item goes. The guards are counted only for what the policy lets go. */
    private boolean goes(Item item, Set<Item> last, String why, List<Planned> going) throws IOException {
        if (!filter.test(item)) {
            return false;
        }
        @Nullable Guard guard = guard(item, last);
        if (guard != null) {
            guarded.merge(guard, 1L, Long::sum);
            return false;
        }
        going.add(new Planned(item, removal(item, why, 0)));
        return true;
    }

    /** Lets the oldest go until the others fit. */
    private void shrink(List<Item> staying, long maxBytes, Set<Item> last, List<Planned> going)
            throws IOException, InterruptedException {
        Links use = Links.ofUse();
        List<Long> sizes = new ArrayList<>();
        long total = 0;
        for (Item item : staying) {
            checkInterrupted();
            long size = use.bytes(item);
            sizes.add(size);
            total += size;
        }
        for (int i = staying.size() - 1; i >= 0 && total > maxBytes; i--) {
            if (goes(staying.get(i), last, "over " + maxBytes + " bytes", going)) {
                total -= sizes.get(i);
                staying.remove(i);
            }
        }
    }

    private static void checkInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Returns the last of each bike: the last successful one if there is one. */
    private static Set<Item> last(RetentionKind kind, List<Item> newestFirst) {
        Map<String, Item> last = new HashMap<>();
        if (kind == RetentionKind.RUNS || kind == RetentionKind.DONE) {
            for (Item item : newestFirst) {
                last.merge(item.group(), item, (newer, older) -> newer.ok() || !older.ok() ? newer : older);
            }
        }
        return Set.copyOf(last.values());
    }

    private @Nullable Guard guard(Item item, Set<Item> last) throws IOException {
        long day = RetentionRule.DAY_MILLIS;
        boolean log = item.kind() == RetentionKind.LOGS;
        if (item.atMillis() <= 0) {
            return Guard.NO_DATE;
        }
        if (log ? inventory.isLogInFlight(item.id()) : inventory.isInFlight(item.id())) {
            return Guard.IN_FLIGHT;
        }
        if (now - Math.max(item.atMillis(), item.changedMillis()) <= (log ? PolicyReader.MIN_LOG_DAYS * day : day)) {
            return Guard.YOUNG;
        }
        if (inventory.isRecordForReplay(item)) {
            return Guard.REPLAY;
        }
        if (last.contains(item)) {
            return Guard.LAST;
        }
        return log ? guardOfLog(item) : guardOfRun(item);
    }

    private @Nullable Guard guardOfLog(Item log) throws IOException {
        try {
            return used.contains(log.uses().get(0)) || Links.hasOthers(log.path()) ? Guard.USED : null;
        } catch (NoSuchFileException ignored) {
            return Guard.CHANGED;
        }
    }

    private @Nullable Guard guardOfRun(Item item) throws IOException {
        String shop = item.place().shop();
        boolean referenced = switch (item.kind()) {
            case RUNS -> inventory.isMarked(shop, item.id()) || inMaps.contains(shop + '/' + item.id());
            case MAPS -> item.runIds().stream().anyMatch(run -> inventory.isMarked(shop, run));
            default -> false;
        };
        if (referenced) {
            return Guard.REFERENCED;
        }
        if (item.kind() != RetentionKind.RUNS && item.kind() != RetentionKind.MAPS) {
            return null;
        }
        try {
            return RunContent.holdsOthers(item.path(), ManifestReader.read(item.path())) ? Guard.OTHER_FILES : null;
        } catch (FileSystemException ignored) {
            return Guard.CHANGED;
        }
    }

    private Removal removal(Item item, String why, long bytes) {
        return new Removal(
                item.kind(),
                item.place().shop(),
                item.place().cell(),
                item.place().bike(),
                item.id(),
                item.path(),
                (now - item.atMillis()) / RetentionRule.DAY_MILLIS,
                bytes,
                why);
    }
}
