package dynoai.bench.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that each send one byte a second of a TLS record that never ends. Those that the server closes are opened again, so that it
 * has to accept and to close them for as long as this runs. One thread runs it.
 */
final class SlowConnections implements Runnable {
    private static final int SLICES = 10;
    private static final long SLICE_MILLIS = 100;
    private static final int TIMEOUT_MILLIS = 2_000;

    /** The head of a TLS record of 16 KiB with a handshake, then a message of that size. */
    private static final byte[] ENDLESS_HELLO = {22, 3, 1, 0x40, 0, 1, 0, 0x3f, (byte) 0xfc, 3, 3};

    private final InetSocketAddress server;
    private final List<List<Slow>> slices = new ArrayList<>();
    private final int wanted;
    private final int openedPerSlice;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private static final class Slow {
        private final SocketChannel channel;
        private int sent;

        private Slow(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * @param wanted connections
     * @param perSecond how many are opened in a second, at most
     */
    SlowConnections(int port, int wanted, int perSecond) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.wanted = wanted;
        this.openedPerSlice = Math.max(1, perSecond / SLICES);
        for (int i = 0; i < SLICES; i++) {
            slices.add(new ArrayList<>());
        }
    }

    /** How many were opened, again those that were closed. */
    int opened() {
        return opened.get();
    }

    int open() {
        return open.get();
    }

    int closed() {
        return closed.get();
    }

    int failed() {
        return failed.get();
    }

    @Override
    public void run() {
        try {
            for (int turn = 0; !Thread.currentThread().isInterrupted(); turn++) {
                long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);
                List<Slow> slice = slices.get(turn % SLICES);
                slice.removeIf(slow -> !sends(slow));
                for (int i = 0; i < openedPerSlice && open.get() < wanted; i++) {
                    open(slice);
                }
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
            }
        } catch (InterruptedException ended) {
            // The process ends.
        }
    }

    private void open(List<Slow> slice) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.socket().connect(server, TIMEOUT_MILLIS);
            channel.configureBlocking(false);
            slice.add(new Slow(channel));
            opened.incrementAndGet();
            open.incrementAndGet();
        } catch (IOException refused) {
            failed.incrementAndGet();
        }
    }

    /** Sends a byte, unless the server has closed the connection. */
    private boolean sends(Slow slow) {
        try {
            if (slow.channel.read(ByteBuffer.allocate(64)) >= 0) {
                byte next = slow.sent < ENDLESS_HELLO.length ? ENDLESS_HELLO[slow.sent] : 0;
                slow.sent += slow.channel.write(ByteBuffer.wrap(new byte[] {next}));
                return true;
            }
        } catch (IOException reset) {
            // Closed by the server, like the end of the stream.
        }
        try {
            slow.channel.close();
        } catch (IOException ignored) {
            // It is gone in any case.
        }
        open.decrementAndGet();
        closed.incrementAndGet();
        return false;
    }
}
