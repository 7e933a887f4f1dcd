package dynoai.bench.pipeline;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Generates WinPEP logs that are all different, so that none is a duplicate. */
final class DistinctLogs {
    private final Path folder;
    private long seed;

    DistinctLogs(Path folder) {
        this.folder = folder;
    }

    List<Path> make(int count, long rows) throws IOException {
        Path place = Files.createDirectories(folder.resolve("logs-" + seed));
        List<Path> logs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seed++;
            Path log = place.resolve("pull-" + seed + ".csv");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log), 1 << 18)) {
                SampleLogs.write(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed), rows, out);
            }
            logs.add(log);
        }
        return logs;
    }
}
