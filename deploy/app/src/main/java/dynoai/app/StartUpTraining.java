package dynoai.app;

import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Analyses a made log, so that the JVM can record which classes a command needs and keep them ready for the next start.
 * Run by the launcher after a build, never by a person.
 */
final class StartUpTraining {
    private static final int ROWS = 20_000;
    private static final int ROUNDS = 5;

    private StartUpTraining() {}

    /** Takes the folder to work in; whatever is left there is the caller's to remove. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path log = folder.resolve("training.csv");
        try (OutputStream out = Files.newOutputStream(log)) {
            SampleLogs.write(eventful(), ROWS, out);
        }
        Console silent = Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        DynoAi.run(new String[] {"--help"}, silent);
        for (int round = 0; round < ROUNDS; round++) {
            String run = folder.resolve("run-" + round).toString();
            DynoAi.run(new String[] {"analyze", "--csv", log.toString(), "--outdir", run}, silent);
        }
    }

    /** An engine with something to say about, so that the classes that say it are among those recorded. */
    private static SampleProfile eventful() {
        return SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1)
                .with(SampleProfile.Fault.LEAN_FRONT)
                .with(SampleProfile.Fault.KNOCK)
                .with(SampleProfile.Fault.DROPOUTS);
    }
}
