package dynoai.app.demo;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.engine.sample.SampleProfile.Fault;
import dynoai.engine.sample.SampleProfile.Flavour;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Generated logs of several programs and faults, dropped as a dyno PC would. */
public final class DemoLogs {
    private static final int ROWS = 20_000;

    private DemoLogs() {}

    /**
     * One log.
     *
     * @param file relative to the drop folder, with slashes
     * @param about its fault, in a tuner's words
     */
    public record DemoLog(String file, String about, SampleProfile profile) {
        public String name() {
            return file.substring(file.lastIndexOf('/') + 1);
        }
    }

    /**
     * @param folder in the drop folder, with slashes
     * @param seed determines names and numbers
     */
    public static List<DemoLog> of(String folder, long seed) {
        SampleProfile winpep = SampleProfile.healthy(Flavour.WINPEP, seed);
        return List.of(
                log(folder, seed, "lean-front", "WinPEP; the front cylinder runs lean", winpep.with(Fault.LEAN_FRONT)),
                log(
                        folder,
                        seed,
                        "knock-hot",
                        "Power Vision; it knocks, and the intake air is hot",
                        SampleProfile.healthy(Flavour.POWER_VISION, seed)
                                .with(Fault.KNOCK)
                                .with(Fault.HOT_IAT)),
                log(
                        folder,
                        seed,
                        "dropouts",
                        "generic; cells are empty and rows cut short",
                        SampleProfile.healthy(Flavour.GENERIC, seed).with(Fault.DROPOUTS)),
                log(
                        folder,
                        seed,
                        "wrong-header",
                        "no header that names a channel: must be rejected",
                        winpep.with(Fault.WRONG_HEADER)));
    }

    private static DemoLog log(String folder, long seed, String name, String about, SampleProfile profile) {
        return new DemoLog(folder + "/" + name + "-" + seed + ".csv", about, profile);
    }

    /** Writes a log under another name, then renames it, as a careful copying tool does. */
    public static void drop(Path folder, DemoLog log) throws IOException {
        drop(folder, log, ROWS);
    }

    static void drop(Path folder, DemoLog log, int rows) throws IOException {
        Path place = folder.resolve(log.file());
        Files.createDirectories(place.resolveSibling("."));
        Path part = place.resolveSibling(log.name() + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            SampleLogs.write(log.profile(), rows, out);
        }
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    }
}
