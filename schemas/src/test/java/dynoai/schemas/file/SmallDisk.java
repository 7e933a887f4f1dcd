package dynoai.schemas.file;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real file system of a few hundred KiB that can be filled. A test is skipped if it cannot be mounted. */
public final class SmallDisk implements AutoCloseable {
    private static final int STEP = 1024;
    private static final String FILLER = ".filler-";

    private final Path place;
    private int fillers;

    private SmallDisk(Path place) {
        this.place = place;
    }

    /** @param files maximum number of files and folders */
    public static SmallDisk mount(Path place, int kibibytes, int files) throws IOException {
        Files.createDirectories(place);
        String options = "size=" + kibibytes + "k,nr_inodes=" + files;
        String said = run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", place.toString()));
        assumeTrue(said.isEmpty(), "skipped: no small disk can be mounted here: " + said);
        return new SmallDisk(place);
    }

    public Path path() {
        return place;
    }

    /** Uses all free bytes and names. */
    public void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(next())) {
            byte[] block = new byte[STEP];
            while (true) {
                out.write(block);
            }
        } catch (IOException noBytes) {
            try {
                while (true) {
                    Files.createFile(next());
                }
            } catch (IOException noNames) {
                return;
            }
        }
    }

    private Path next() {
        return place.resolve(FILLER + fillers++);
    }

    /** Frees all that {@link #fill} used. */
    public void free() throws IOException {
        for (; fillers > 0; fillers--) {
            Files.deleteIfExists(place.resolve(FILLER + (fillers - 1)));
        }
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            int exit = process.waitFor();
            return exit == 0 ? "" : said + " (" + exit + ")";
        } catch (IOException noProgram) {
            return String.valueOf(noProgram.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public void close() throws IOException {
        String said = run(List.of("umount", "-l", place.toString()));
        if (!said.isEmpty()) {
            throw new IOException(said);
        }
    }
}
