package dynoai.bench;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The generated WinPEP logs, cached in a folder. */
final class SampleFiles {
    private static final SampleProfile PROFILE = SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 7);

    private final Path folder;

    SampleFiles(Path folder) {
        this.folder = folder;
    }

    Path ofRows(long rows) throws IOException {
        Path log = folder.resolve("winpep-" + rows + ".csv");
        if (!Files.exists(log)) {
            Path unfinished = folder.resolve(log.getFileName() + ".part");
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                SampleLogs.write(PROFILE, rows, out);
            }
            Files.move(unfinished, log, StandardCopyOption.ATOMIC_MOVE);
        }
        return log;
    }
}
