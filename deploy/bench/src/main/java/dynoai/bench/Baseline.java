package dynoai.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** A lower bound: the least work on a file's bytes. No fold can be faster. */
final class Baseline implements Contender {
    private static final int BUFFER = 1 << 20;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINE_EIGHT_TIMES = 0x0A0A0A0A0A0A0A0AL;
    private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;

    private interface Touch {
        long bytes(InputStream in, byte[] buffer) throws IOException;
    }

    private final String name;
    private final String title;
    private final Touch touch;

    /** Written only, so that the JIT cannot remove the work. */
    @SuppressWarnings("UnusedVariable")
    private volatile long result;

    private Baseline(String name, String title, Touch touch) {
        this.name = name;
        this.title = title;
        this.touch = touch;
    }

    static Baseline sha256() {
        return new Baseline(SHA_256, "SHA-256 of the same bytes", Baseline::hash);
    }

    static Baseline newlines() {
        return new Baseline(NEWLINES, "newline count", Baseline::countNewlines);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public @Nullable BenchResult run(Path log) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            result = touch.bytes(in, new byte[BUFFER]);
        }
        return null;
    }

    private static long hash(InputStream in, byte[] buffer) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return (long) LONGS.get(digest.digest(), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long countNewlines(InputStream in, byte[] buffer) throws IOException {
        long lines = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            int i = 0;
            for (; i <= read - Long.BYTES; i += Long.BYTES) {
                long other = (long) LONGS.get(buffer, i) ^ NEWLINE_EIGHT_TIMES;
                lines += Long.bitCount(~((other & LOW_SEVEN) + LOW_SEVEN | other | LOW_SEVEN));
            }
            for (; i < read; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
        }
        return lines;
    }
}
