package dynoai.automation.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process that leads a group of its own, so that everything it started can be ended with it. Where the system has no
 * {@code setsid} command, its known descendants are ended instead.
 */
final class ProcessGroup {
    private static final long GRACE_MILLIS = 2_000;

    private final ProcessHandle leader;
    private final boolean grouped;

    private ProcessGroup(ProcessHandle leader, boolean grouped) {
        this.leader = leader;
        this.grouped = grouped;
    }

    /** The command, changed so that its process leads a group. */
    static List<String> leading(List<String> command) {
        List<String> leading = new ArrayList<>(command);
        if (hasSetsid()) {
            leading.add(0, "setsid");
        }
        return leading;
    }

    static ProcessGroup of(ProcessHandle leader) {
        return new ProcessGroup(leader, hasSetsid());
    }

    /** Asks all of them to end, then ends them. */
    void end() {
        List<ProcessHandle> members = leader.descendants().collect(Collectors.toList());
        signal("TERM");
        members.forEach(ProcessHandle::destroy);
        leader.destroy();
        try {
            leader.onExit().get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException stillThere) {
            // it gets no more time
        }
        endNow();
        members.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends whatever is left of the group at once. */
    void endNow() {
        List<ProcessHandle> members = leader.descendants().collect(Collectors.toList());
        signal("KILL");
        members.forEach(ProcessHandle::destroyForcibly);
        leader.destroyForcibly();
    }

    private void signal(String signal) {
        if (!grouped) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, "--", "-" + leader.pid())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException noKillCommand) {
            leader.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean hasSetsid() {
        for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "setsid"))) {
                return true;
            }
        }
        return false;
    }
}
