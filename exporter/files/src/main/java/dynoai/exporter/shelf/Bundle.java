package dynoai.exporter.shelf;

import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.ManifestOutput;
import dynoai.exporter.manifest.RunFolderLayout;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * All files of a run in a zip file, not compressed, in a fixed order and with a fixed time, the log last. The manifest gives
 * their sizes, so the place of each file in the zip file is known without reading it.
 */
public final class Bundle {
    /** Not the first moment of 1980, for which Java adds a field that depends on the time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final int HEADER_BYTES = 30;
    private static final int NAME_LENGTH_AT = 26;
    private static final int EXTRA_LENGTH_AT = 28;
    private static final int MAX_EXTRA_BYTES = 64;
    private static final int BUFFER_BYTES = 1 << 16;

    private Bundle() {}

    /** Returns the files of a run in the order of the zip file. */
    public static List<String> files(ShelvedRun run) {
        List<String> files = new ArrayList<>(run.files());
        if (files.remove(RunFolderLayout.LOG.file())) {
            files.add(RunFolderLayout.LOG.file());
        }
        return files;
    }

    /** Opens a file of a run. */
    @FunctionalInterface
    public interface Opener {
        InputStream open(String file) throws IOException;
    }

    /** Writes the zip file. Each file is opened twice, because its checksum precedes it. */
    public static void write(ShelvedRun run, Opener opener, Path zip) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setMethod(ZipOutputStream.STORED);
            for (String name : files(run)) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(TIME);
                entry.setSize(size(run, name));
                try (InputStream in = opener.open(name)) {
                    entry.setCrc(crc(in));
                }
                out.putNextEntry(entry);
                try (InputStream in = opener.open(name)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static long crc(InputStream in) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            crc.update(buffer, 0, n);
        }
        return crc.getValue();
    }

    /** Returns the bytes of the zip file that contain a file, as the value of a header {@code Range}. */
    public static String range(ShelvedRun run, String file) {
        int index = files(run).indexOf(file);
        if (index < 0) {
            throw new IllegalArgumentException("not a file of run " + run.key() + ": " + file);
        }
        return "bytes=" + start(run, index) + "-" + (start(run, index + 1) + MAX_EXTRA_BYTES);
    }

    /** Returns the bytes of the zip file that contain the first files, as the value of a header {@code Range}. */
    public static String rangeBefore(ShelvedRun run, int end) {
        return "bytes=0-" + (start(run, end) + MAX_EXTRA_BYTES);
    }

    /** Returns where the header of a file begins; of the index after the last one, where the files end. */
    private static long start(ShelvedRun run, int index) {
        return files(run).subList(0, index).stream()
                .mapToLong(name -> HEADER_BYTES + name.getBytes(StandardCharsets.UTF_8).length + size(run, name))
                .sum();
    }

    /** Returns the size of a file of a run. */
    public static long size(ShelvedRun run, String file) {
        return run.manifest().outputs().stream()
                .filter(output -> output.file().equals(file))
                .mapToLong(ManifestOutput::sizeBytes)
                .findFirst()
                .orElseGet(() -> run.manifest().bytes().length);
    }

    /** Reads the header of a file and returns its content; {@code in} begins where {@link #range} does. */
    public static InputStream content(ShelvedRun run, String file, InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length < HEADER_BYTES || header[0] != 'P' || header[1] != 'K') {
            throw new InvalidRunFolderException("the bundle of run " + run.key() + " has no " + file + " in its place");
        }
        try {
            in.skipNBytes(shortAt(header, NAME_LENGTH_AT) + shortAt(header, EXTRA_LENGTH_AT));
        } catch (EOFException e) {
            throw new InvalidRunFolderException("the bundle of run " + run.key() + " ends before " + file);
        }
        return new Part(in, size(run, file));
    }

    private static int shortAt(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    /** The first bytes of a stream. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long bytes) {
            this.in = in;
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = left == 0 ? -1 : in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
