package dynoai.automation.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that leads a process group, so that all processes it started can be ended with it: its group, its known
 * descendants, and processes with its mark, which may have left the group. Without a {@code setsid} command there is no group.
 */
final class ProcessGroup {
    private static final long GRACE_MILLIS = 1_000;
    private static final int MAX_ROUNDS = 50;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ProcessHandle leader;
    private final StepMark mark;
    private final boolean grouped;

    private ProcessGroup(ProcessHandle leader, StepMark mark, boolean grouped) {
        this.leader = leader;
        this.mark = mark;
        this.grouped = grouped;
    }

    /** Returns the command that runs a command as leader of a group. */
    static List<String> leading(List<String> command) {
        List<String> leading = new ArrayList<>(command);
        if (hasSetsid()) {
            leading.add(0, "setsid");
        }
        return leading;
    }

    static ProcessGroup of(ProcessHandle leader, StepMark mark) {
        return new ProcessGroup(leader, mark, hasSetsid());
    }

    ProcessHandle leader() {
        return leader;
    }

    StepMark mark() {
        return mark;
    }

    /** Sends SIGTERM to all processes, and SIGKILL after a grace period. */
    void end() {
        List<ProcessHandle> members = leader.descendants().toList();
        signal("TERM");
        members.forEach(ProcessHandle::destroy);
        mark.processesWithIt().forEach(ProcessHandle::destroy);
        leader.destroy();
        try {
            leader.onExit().get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException ignored) {
            // the grace period is over
        }
        endNow();
        members.forEach(ProcessHandle::destroyForcibly);
    }

    /** Sends SIGKILL to all processes that are left. */
    void endNow() {
        List<ProcessHandle> members = leader.descendants().toList();
        signal("KILL");
        members.forEach(ProcessHandle::destroyForcibly);
        leader.destroyForcibly();
        endMarked(mark);
    }

    /** Sends SIGKILL to the processes with a mark until none is left; a process may start others meanwhile. */
    static void endMarked(StepMark mark) {
        List<ProcessHandle> marked = mark.processesWithIt();
        for (int round = 0; round < MAX_ROUNDS && !marked.isEmpty(); round++) {
            marked.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(ROUND_NANOS);
            marked = mark.processesWithIt();
        }
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
        } catch (IOException ignored) { // there is no kill command
            leader.destroyForcibly();
        } catch (InterruptedException interrupted) {
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
