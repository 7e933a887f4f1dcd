package dynoai.app;

import dynoai.app.console.Console;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Analyses a made log, or lets a node do it, so that the JVM can record which classes a command needs and keep them ready for the next start.
 * Run by the launcher after a build, never by a person.
 */
final class StartUpTraining {
    private static final int ROWS = 20_000;
    private static final int ROUNDS = 5;

    private StartUpTraining() {}

    /** Takes the folder to work in, which the caller removes, and {@code node} or {@code analysis}. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        if (args[1].equals("node")) {
            node(folder);
        } else {
            analysis(folder);
        }
    }

    private static void node(Path folder) throws IOException {
        Path log = Files.createDirectories(folder.resolve("drop")).resolve("training.csv");
        write(log);
        DynoAi.run(
                new String[] {
                    "up",
                    "--drop=" + log.getParent(),
                    "--runs=" + folder.resolve("runs"),
                    "--data=" + folder.resolve("data"),
                    "--port=0",
                    "--take-existing",
                    "--settle=0.1",
                    "--poll=0.1",
                    "--exit-when-idle=0.5"
                },
                silent());
    }

    private static void analysis(Path folder) throws IOException {
        Path log = folder.resolve("training.csv");
        write(log);
        Console silent = silent();
        DynoAi.run(new String[] {"--help"}, silent);
        for (int round = 0; round < ROUNDS; round++) {
            String run = folder.resolve("run-" + round).toString();
            DynoAi.run(new String[] {"analyze", "--csv", log.toString(), "--outdir", run}, silent);
        }
    }

    private static void write(Path log) throws IOException {
        try (OutputStream out = Files.newOutputStream(log)) {
            SampleLogs.write(eventful(), ROWS, out);
        }
    }

    private static Console silent() {
        return Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    /** An engine with something to say about, so that the classes that say it are among those recorded. */
    private static SampleProfile eventful() {
        return SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1)
                .with(SampleProfile.Fault.LEAN_FRONT)
                .with(SampleProfile.Fault.KNOCK)
                .with(SampleProfile.Fault.DROPOUTS);
    }
}
