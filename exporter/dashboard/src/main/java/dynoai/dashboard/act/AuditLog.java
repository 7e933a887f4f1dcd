package dynoai.dashboard.act;

import dynoai.dashboard.runs.Fields;
import dynoai.schemas.file.RotatedFile;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every act as a line of JSON: who, when, what, and with which outcome. Lines are only added, and are durable
 * before the act is answered. At 4 MiB the file is renamed; three older ones are kept.
 */
public final class AuditLog {
    public static final String FILE = "audit.jsonl";

    private static final long MAX_BYTES = 4 << 20;
    private static final int MAX_OLDER = 3;
    private static final int MAX_TEXT = 500;
    private static final int MAX_DENIALS_PER_MINUTE = 30;
    private static final long MINUTE_MILLIS = 60_000;

    private final RotatedFile file;
    private final InstantSource clock;
    private long minute;
    private int denials;
    private long leftOut;

    /** @param folder is made with the first entry */
    public AuditLog(Path folder, InstantSource clock) {
        this.file = new RotatedFile(folder.resolve(FILE), MAX_BYTES, MAX_OLDER);
        this.clock = clock;
    }

    /**
     * Records an act that was done.
     *
     * @param what its parameters, without the content of files
     */
    public synchronized void done(String who, String act, Map<String, ?> what, String answer) throws IOException {
        Map<String, @Nullable Object> parameters = new TreeMap<>();
        what.forEach((name, value) -> parameters.put(name, bounded(String.valueOf(value))));
        write(new Fields()
                .put("who", who)
                .put("act", act)
                .put("what", parameters)
                .put("outcome", "done")
                .put("answer", bounded(answer)));
    }

    /** Records an act that was refused or failed, unless there were too many in this minute; these are counted. */
    synchronized void refused(String who, String act, int status, String why) throws IOException {
        long now = clock.millis() / MINUTE_MILLIS;
        if (now != minute) {
            minute = now;
            denials = 0;
        }
        if (denials >= MAX_DENIALS_PER_MINUTE) {
            leftOut++;
            return;
        }
        denials++;
        Fields fields = new Fields()
                .put("who", who)
                .put("act", bounded(act))
                .put("outcome", "refused")
                .put("status", status)
                .put("answer", bounded(why));
        if (leftOut > 0) {
            fields.put("left_out_before", leftOut);
        }
        write(fields);
        leftOut = 0;
    }

    private void write(Fields fields) throws IOException {
        file.add(Json.canonical(fields.put("at", clock.instant().toString()).map()), true);
    }

    /** Returns the last entries of the present file, newest first. A damaged line is left out. */
    public synchronized List<Object> last(int max) throws IOException {
        Deque<String> lines = new ArrayDeque<>();
        if (!Files.isRegularFile(file.file(), LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        for (String line : new String(Files.readAllBytes(file.file()), StandardCharsets.UTF_8).split("\n")) {
            lines.addFirst(line);
            if (lines.size() > max) {
                lines.removeLast();
            }
        }
        List<Object> entries = new ArrayList<>();
        for (String line : lines) {
            entry(line).ifPresent(entries::add);
        }
        return entries;
    }

    /** Empty for the line that was written when the machine lost its power. */
    private static Optional<Object> entry(String line) {
        try {
            return Optional.of(Json.readObject(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException ignored) {
            return Optional.empty();
        }
    }

    /** Returns one line of bounded length without control characters. */
    private static String bounded(String text) {
        String line = text.chars()
                .limit(MAX_TEXT)
                .mapToObj(c -> Character.isISOControl(c) ? " " : Character.toString(c))
                .collect(Collectors.joining());
        return text.length() > MAX_TEXT ? line + "…" : line;
    }
}
