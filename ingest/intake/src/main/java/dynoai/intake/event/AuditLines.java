package dynoai.intake.event;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.schemas.access.Caller;
import dynoai.schemas.file.RotatedFile;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change and every error as a line of JSON: when, which shop, which credential, what, the outcome, which run, from where.
 * A line has no secret and nothing of a body. Of the errors of a minute only the first are written, the others are counted.
 */
public final class AuditLines implements IntakeEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLines.class);
    private static final long MAX_BYTES = 16 << 20;
    private static final int MAX_OLDER = 9;
    private static final int MAX_PATH = 200;
    private static final int MAX_ERRORS_PER_MINUTE = 120;
    private static final long MINUTE_MILLIS = 60_000;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "PUT");
    private static final String WAITING = "/v1/runs/ended";

    private final InstantSource clock;
    private final Sink sink;
    private long minute;
    private int errors;
    private long leftOut;

    /** Takes lines, which are without a line feed. */
    @FunctionalInterface
    public interface Sink {
        void write(byte[] line) throws IOException;
    }

    public AuditLines(Sink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** Returns a sink of lines in a file. At 16 MiB it is renamed; nine older ones are kept. */
    public static Sink file(Path file) {
        RotatedFile lines = new RotatedFile(file, MAX_BYTES, MAX_OLDER);
        return line -> lines.add(line, false);
    }

    @Override
    public synchronized void replied(Exchange exchange, int status, Optional<ErrorCode> code) {
        boolean change =
                !READING.contains(exchange.method()) && !exchange.target().equals(WAITING);
        if (code.isEmpty() ? !change : isLeftOut()) {
            return;
        }
        TreeMap<String, Object> line = new TreeMap<>();
        line.put("time", clock.instant().toString());
        line.put("shop", exchange.findCaller().map(Caller::shop).orElse(""));
        line.put("credential", exchange.findCaller().map(Caller::credential).orElse(""));
        line.put("action", exchange.method() + " " + bounded(exchange.target()));
        line.put("code", code.map(ErrorCode::name).orElse("OK"));
        line.put("status", status);
        line.put("run", exchange.subject());
        line.put("address", exchange.remoteAddress());
        if (leftOut > 0) {
            line.put("left_out_before", leftOut);
            leftOut = 0;
        }
        try {
            sink.write(Json.canonical(line));
        } catch (IOException e) {
            LOG.error(
                    "an audit line cannot be written ({}): {}",
                    e.toString(),
                    new String(Json.canonical(line), StandardCharsets.UTF_8));
        }
    }

    private boolean isLeftOut() {
        long now = clock.millis() / MINUTE_MILLIS;
        if (now != minute) {
            minute = now;
            errors = 0;
        }
        if (errors >= MAX_ERRORS_PER_MINUTE) {
            leftOut++;
            return true;
        }
        errors++;
        return false;
    }

    private static String bounded(String path) {
        return path.chars()
                .limit(MAX_PATH)
                .mapToObj(c -> Character.isISOControl(c) ? " " : Character.toString(c))
                .collect(Collectors.joining());
    }
}
