package dynoai.app.cluster;

import dynoai.broker.ChildProcess;
import java.io.IOException;
import java.util.List;

/** A broker, a stage or an agent: a process that faults hit, and its network. */
final class Member implements AutoCloseable {
    private final String name;
    private final String ready;
    private final Start start;
    private final List<Link> links;
    private ChildProcess process;
    private boolean killed;

    /** Starts the process again after a kill. */
    interface Start {
        ChildProcess run() throws IOException;
    }

    /**
     * @param ready what the process prints when it is ready
     * @param process which runs
     * @param links the connections of the member, all of which a fault of the network hits
     */
    Member(String name, String ready, ChildProcess process, Start start, List<Link> links) {
        this.name = name;
        this.ready = ready;
        this.start = start;
        this.links = links;
        this.process = process;
    }

    /** Returns the name without a number. */
    String role() {
        return name.replaceAll("-[0-9]$", "");
    }

    /** Returns what may happen to it: faults of the network hit links alone. */
    List<FaultKind> kinds() {
        return links.isEmpty() ? List.of(FaultKind.KILL, FaultKind.PAUSE) : List.of(FaultKind.values());
    }

    ChildProcess process() {
        return process;
    }

    /** Sends SIGKILL. */
    void kill() {
        killed = true;
        process.kill();
    }

    void restart() throws IOException {
        process = start.run();
        killed = false;
    }

    boolean isReady() throws IOException {
        return process.said().contains(ready);
    }

    /**
     * Starts the process again if it ended before it was ready, as it may where Kafka does not answer.
     *
     * @throws AssertionError if the process ended by itself later
     */
    void supervise() throws IOException {
        if (!killed && !process.isAlive()) {
            if (isReady()) {
                throw new AssertionError(name + " ended by itself:\n" + process.said());
            }
            System.out.println(name + " is started again:\n" + process.said());
            process = start.run();
        }
    }

    void setLinks(Link.State state) {
        links.forEach(link -> link.transitionTo(state));
    }

    @Override
    public void close() {
        process.kill();
    }

    @Override
    public String toString() {
        return name;
    }
}
