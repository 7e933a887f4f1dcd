package dynoai.ingest.log.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The bytes of a log. It is opened several times: to plan and to read. */
public interface LogSource {
    /**
     * Bytes of a file that are read at a time. The JDK reads into memory of its own and copies from there; of so few, the copy
     * is still in the first-level cache.
     */
    int READ_BYTES = 16 << 10;

    /** The file name in messages. */
    String name();

    /** Opens the log at its first byte. */
    Bytes open() throws IOException;

    /** Returns the same bytes under another name. */
    default LogSource named(String name) {
        LogSource bytes = this;
        return new LogSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Bytes open() throws IOException {
                return bytes.open();
            }
        };
    }

    /** The bytes of an opened log, in order. */
    interface Bytes extends AutoCloseable {
        /** Reads up to {@code length} bytes; returns how many, or -1 at the end. */
        int read(byte[] target, int offset, int length) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * A file, read up to the size that it has when it is opened. One that grows all the time, or never ends as those of the kernel,
     * whose size is 0, does not hold the reader up.
     */
    static LogSource of(Path file) {
        return new LogSource() {
            @Override
            public String name() {
                return Objects.toString(file.getFileName(), file.toString());
            }

            @Override
            public Bytes open() throws IOException {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                long size = channel.size();
                return new Bytes() {
                    private long left = size;

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        if (left == 0) {
                            return -1;
                        }
                        int count = channel.read(
                                ByteBuffer.wrap(target, offset, (int) Math.min(Math.min(length, READ_BYTES), left)));
                        left -= Math.max(0, count);
                        return count;
                    }

                    @Override
                    public void close() throws IOException {
                        channel.close();
                    }
                };
            }
        };
    }

    /** Bytes in memory. */
    static LogSource of(String name, byte[] bytes) {
        return new LogSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Bytes open() {
                return new Bytes() {
                    private int position;

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        if (position == bytes.length) {
                            return -1;
                        }
                        int taken = Math.min(length, bytes.length - position);
                        System.arraycopy(bytes, position, target, offset, taken);
                        position += taken;
                        return taken;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }
}
