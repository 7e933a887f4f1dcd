package dynoai.agent;

import dynoai.agent.http.IntakeClient;
import dynoai.agent.http.IntakeUnavailableException;
import dynoai.ingest.folder.claim.Claim;
import dynoai.schemas.fault.CrashPoint;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sends logs in parts. After a cut connection it asks how much the intake has and continues there; what is sent twice, or
 * completed twice, counts once.
 */
final class ResumableUpload {
    private static final int MIN_PART = 256 << 10;
    private static final int MAX_PART = 4 << 20;

    /** How long a part should take: long enough for few requests, short enough to lose little. */
    private static final double SECONDS_PER_PART = 4;

    /** Failures in a row, without a byte between them, before the connection counts as lost. */
    private static final int MAX_FAILURES = 4;

    private final IntakeClient client;
    private final AgentEvents events;
    private final RateLimit limit;
    private final LongSupplier nanoClock;
    private final Pause pause;
    private final int maxPart;
    private int nextPart;

    /** Waits; returns whether the agent is stopping. */
    @FunctionalInterface
    interface Pause {
        boolean nanos(long nanos) throws InterruptedException;
    }

    ResumableUpload(IntakeClient client, AgentEvents events, RateLimit limit, LongSupplier nanoClock, Pause pause) {
        this(client, events, limit, nanoClock, pause, MAX_PART);
    }

    ResumableUpload(
            IntakeClient client,
            AgentEvents events,
            RateLimit limit,
            LongSupplier nanoClock,
            Pause pause,
            int maxPart) {
        this.client = client;
        this.events = events;
        this.limit = limit;
        this.nanoClock = nanoClock;
        this.pause = pause;
        this.maxPart = maxPart;
        this.nextPart = Math.min(MIN_PART, maxPart);
    }

    /**
     * Sends a log, or what the intake does not have of it. It is accepted when this returns.
     *
     * @param log has the bytes of the claim's hash
     */
    void send(Claim claim, Path log) throws IntakeUnavailableException, IOException {
        try (FileChannel bytes = FileChannel.open(log, StandardOpenOption.READ)) {
            long offset = client.create(claim);
            long highest = offset;
            int failures = 0;
            boolean accepted = false;
            while (!accepted) {
                OptionalLong next;
                try {
                    next = sendPart(claim, bytes, offset);
                    CrashPoint.AGENT_MID_UPLOAD.reached();
                    accepted = next.isPresent() && next.getAsLong() == claim.size();
                    if (next.isEmpty()) {
                        failures++;
                        next = known(claim);
                    }
                } catch (IntakeUnavailableException e) {
                    failures++;
                    if (e.kind() != IntakeUnavailableException.Kind.CONNECTION || failures > MAX_FAILURES) {
                        throw e;
                    }
                    nextPart = Math.min(MIN_PART, maxPart);
                    pause(TimeUnit.MILLISECONDS.toNanos(100L << failures));
                    next = knownOr(claim, offset);
                }
                offset = next.orElse(0);
                if (offset > claim.size() || failures > MAX_FAILURES) {
                    throw new IOException("the intake has " + offset + " of " + claim.size()
                            + " bytes and takes no more; the log is sent again later");
                }
                if (offset > highest) {
                    highest = offset;
                    failures = 0;
                }
                events.uploadProgress(claim, offset);
            }
        }
    }

    private OptionalLong sendPart(Claim claim, FileChannel bytes, long offset)
            throws IntakeUnavailableException, IOException {
        byte[] part = new byte[(int) Math.min(limit.maxPart(nextPart), claim.size() - offset)];
        ByteBuffer rest = ByteBuffer.wrap(part);
        while (rest.hasRemaining()) {
            if (bytes.read(rest, offset + rest.position()) < 0) {
                throw new EOFException("the copy of " + claim.name() + " is shorter than the log");
            }
        }
        pause(limit.take(part.length));
        long began = nanoClock.getAsLong();
        OptionalLong next = client.append(claim.runId(), offset, part);
        double seconds = (nanoClock.getAsLong() - began) / 1e9;
        nextPart = partSize(part.length, seconds, maxPart);
        return next;
    }

    /** Returns the size of the next part, given how long the previous one took. */
    static int partSize(int bytes, double seconds, int max) {
        double size = seconds <= 0 ? max : bytes / seconds * SECONDS_PER_PART;
        return (int) Math.max(Math.min(MIN_PART, max), Math.min(max, size));
    }

    /** Returns how much the intake has; it may have forgotten the upload, which is announced again then. */
    private OptionalLong known(Claim claim) throws IntakeUnavailableException, IOException {
        OptionalLong known = client.offset(claim.runId());
        return known.isPresent() ? known : OptionalLong.of(client.create(claim));
    }

    /** The same while the connection may still fail: then the next part finds out. */
    private OptionalLong knownOr(Claim claim, long offset) throws IntakeUnavailableException, IOException {
        try {
            return known(claim);
        } catch (IntakeUnavailableException e) {
            if (e.kind() != IntakeUnavailableException.Kind.CONNECTION) {
                throw e;
            }
            return OptionalLong.of(offset);
        }
    }

    private void pause(long nanos) throws IntakeUnavailableException {
        try {
            if (nanos > 0 && pause.nanos(nanos)) {
                throw IntakeUnavailableException.stopping();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw IntakeUnavailableException.stopping();
        }
    }
}
