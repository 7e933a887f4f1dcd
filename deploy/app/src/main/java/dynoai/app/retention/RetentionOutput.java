package dynoai.app.retention;

import dynoai.app.console.Console;
import dynoai.dashboard.act.AuditLog;
import dynoai.engine.retention.Removal;
import dynoai.engine.retention.RetentionEvents;
import dynoai.engine.retention.RetentionKind;
import dynoai.engine.retention.RetentionPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts and prints what retention does, and records each removal. On a terminal it says how far it is. */
final class RetentionOutput implements RetentionEvents {
    private static final long NANOS_BETWEEN = 100_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int MAX_LEFT_ALONE = 20;

    private final Console console;
    private final AuditLog audit;
    private final String who = "command line, " + System.getProperty("user.name", "unknown");
    private final List<String> leftAlone = new ArrayList<>();
    private final Set<Path> staying = new HashSet<>();
    private long moreLeftAlone;
    private long examined;
    private int planned;
    private int removed;
    private int failures;
    private long drawnAt = System.nanoTime();
    private boolean drawn;

    RetentionOutput(Console console, AuditLog audit) {
        this.console = console;
        this.audit = audit;
    }

    void began(RetentionPlan plan) {
        planned = plan.removals().size();
    }

    int removed() {
        return removed;
    }

    int failures() {
        return failures;
    }

    String interrupted(RetentionPlan plan) {
        return "interrupted after " + removed + " of " + plan.removals().size() + " removals; the others stay";
    }

    @Override
    public void examined(RetentionKind kind) {
        examined++;
        draw("examined " + examined + ", last a " + kind.noun());
    }

    @Override
    public void leftAlone(Path path, String why) {
        if (leftAlone.size() < MAX_LEFT_ALONE) {
            leftAlone.add(path + ": " + why);
        } else {
            moreLeftAlone++;
        }
    }

    @Override
    public void removing(Removal removal) throws IOException {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("kind", removal.kind().key());
        what.put("id", removal.id());
        what.put("path", removal.path());
        what.put("bike", place(removal));
        what.put("bytes", removal.bytes());
        what.put("age_days", removal.ageDays());
        audit.done(who, "retention", what, removal.why());
    }

    @Override
    public void removed(Removal removal) {
        removed++;
        draw("removed " + removed + " of " + planned);
    }

    @Override
    public void stays(Removal removal, String why) {
        staying.add(removal.path());
        clear();
        console.message("stays: " + removal.path() + ": " + why);
    }

    @Override
    public void failed(Removal removal, IOException cause) {
        failures++;
        staying.add(removal.path());
        clear();
        console.message("failed: " + removal.path() + ": " + cause);
    }

    private void draw(String text) {
        long now = System.nanoTime();
        if (console.errIsTerminal() && now - drawnAt >= NANOS_BETWEEN) {
            drawnAt = now;
            drawn = true;
            console.err().print(CLEAR_LINE + text);
            console.err().flush();
        }
    }

    void clear() {
        if (drawn) {
            console.err().print(CLEAR_LINE);
            console.err().flush();
            drawn = false;
        }
    }

    /** @param count how many go or went */
    void print(RetentionPlan plan, boolean applied, int count) {
        List<Removal> going = going(plan);
        if (!going.isEmpty()) {
            console.println(String.format(Locale.ROOT, "%-12s %7s %14s  %s", "kind", "days", "bytes", "what: why"));
        }
        long bytes = 0;
        for (Removal removal : going) {
            bytes += removal.bytes();
            String place = place(removal);
            console.println(String.format(
                    Locale.ROOT,
                    "%-12s %7d %14d  %s%s: %s",
                    removal.kind().noun(),
                    removal.ageDays(),
                    removal.bytes(),
                    place.isEmpty() ? "" : place + " ",
                    removal.id(),
                    removal.why()));
        }
        plan.guarded().forEach((why, kept) -> console.println("kept " + kept + ": " + why));
        leftAlone.forEach(line -> console.println("left alone: " + line));
        if (moreLeftAlone > 0) {
            console.println("left alone: " + moreLeftAlone + " more");
        }
        long all = plan.examined().values().stream().mapToLong(Long::longValue).sum();
        console.println((applied ? "removed " : "would remove ") + count + " of " + all + ", " + bytes + " bytes");
        if (!applied && count > 0) {
            console.message("Nothing was removed; --apply removes them.");
        }
    }

    private List<Removal> going(RetentionPlan plan) {
        return plan.removals().stream()
                .filter(removal -> !staying.contains(removal.path()))
                .toList();
    }

    Map<String, @Nullable Object> json(RetentionPlan plan, boolean applied) {
        List<Object> removals = new ArrayList<>();
        long bytes = 0;
        for (Removal removal : going(plan)) {
            bytes += removal.bytes();
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("kind", removal.kind().key());
            one.put("shop", removal.shop());
            one.put("cell", removal.cell());
            one.put("bike", removal.bike());
            one.put("id", removal.id());
            one.put("path", removal.path().toString());
            one.put("age_days", removal.ageDays());
            one.put("bytes", removal.bytes());
            one.put("why", removal.why());
            removals.add(one);
        }
        Map<String, @Nullable Object> counts = new LinkedHashMap<>();
        plan.examined().forEach((kind, count) -> counts.put(kind.key(), count));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("applied", applied);
        json.put("examined", counts);
        json.put("kept", new LinkedHashMap<String, Object>(plan.guarded()));
        json.put("left_alone", leftAlone);
        json.put("removals", removals);
        json.put("bytes", bytes);
        json.put("failures", (long) failures);
        return json;
    }

    private static String place(Removal removal) {
        return removal.shop().isEmpty()
                ? ""
                : removal.shop() + '/' + removal.cell() + (removal.bike().isEmpty() ? "" : '/' + removal.bike());
    }
}
