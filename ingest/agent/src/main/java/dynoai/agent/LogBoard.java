package dynoai.agent;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.run.FileState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The logs of the drop folder with their states, and the latest that are archived. Thread-safe. */
final class LogBoard {
    private static final int MAX_ARCHIVED = 50;
    private static final int MAX_SHOWN = 500;
    static final String UPLOADING = "uploading";
    static final String WAITING = "waiting";
    static final String SENT = "sent";

    private final Map<String, AgentStatus.Log> current = new LinkedHashMap<>();
    private final List<AgentStatus.Log> archived = new ArrayList<>();

    synchronized void changed(Path file, FileState state) {
        String name = slashed(file);
        AgentStatus.Log log = log(name, state);
        if (state.isEnd()) {
            current.remove(name);
            archived.add(0, log);
            if (archived.size() > MAX_ARCHIVED) {
                archived.remove(MAX_ARCHIVED);
            }
        } else {
            current.put(name, log);
        }
    }

    private static String slashed(Path file) {
        return file.toString().replace('\\', '/');
    }

    private static AgentStatus.Log log(String file, FileState state) {
        if (state instanceof FileState.Waiting waiting) {
            return new AgentStatus.Log(file, WAITING, "", waiting.why(), 0, 0);
        } else if (state instanceof FileState.LeftAlone left) {
            return new AgentStatus.Log(file, "left", "", left.why(), 0, 0);
        } else if (state instanceof FileState.Claimed claimed) {
            return new AgentStatus.Log(file, WAITING, claimed.runId(), "", 0, 0);
        } else if (state instanceof FileState.Sent sent) {
            return new AgentStatus.Log(file, SENT, sent.runId(), "", 0, 0);
        } else if (state instanceof FileState.Done done) {
            return new AgentStatus.Log(file, "done", done.runId(), "", 0, 0);
        } else if (state instanceof FileState.Rejected rejected) {
            return new AgentStatus.Log(file, "rejected", rejected.runId(), rejected.code(), 0, 0);
        } else if (state instanceof FileState.Duplicate duplicate) {
            return new AgentStatus.Log(file, "duplicate", duplicate.runId(), duplicate.ofRunId(), 0, 0);
        }
        return new AgentStatus.Log(file, "settling", "", "", 0, 0);
    }

    synchronized void uploading(Claim claim, long bytes) {
        current.put(
                claim.original(),
                new AgentStatus.Log(claim.original(), UPLOADING, claim.runId(), "", bytes, claim.size()));
    }

    /** The upload stopped in between. */
    synchronized void paused(String why) {
        current.replaceAll((name, log) -> log.state().equals(UPLOADING)
                ? new AgentStatus.Log(name, WAITING, log.runId(), why, log.sent(), log.size())
                : log);
    }

    synchronized void vanished(Path file) {
        current.remove(slashed(file));
    }

    synchronized int count(String state) {
        return (int) current.values().stream()
                .filter(log -> log.state().equals(state))
                .count();
    }

    synchronized List<AgentStatus.Log> logs() {
        List<AgentStatus.Log> all =
                new ArrayList<>(current.values().stream().limit(MAX_SHOWN).toList());
        all.addAll(archived);
        return all;
    }
}
