package dynoai.app;

import dynoai.app.console.Console;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Analyses a generated log and starts an agent, or runs a node, while the JVM records the loaded classes for a class-data archive. The
 * launcher runs it.
 */
final class StartUpTraining {
    private static final int ROWS = 20_000;
    private static final int ROUNDS = 5;

    private StartUpTraining() {}

    /** Arguments: the working folder, which the caller deletes, and {@code node} or {@code analysis}. */
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
        CommandTree.complete(silent).usage(silent.out());
        for (int round = 0; round < ROUNDS; round++) {
            String run = folder.resolve("run-" + round).toString();
            DynoAi.run(new String[] {"analyze", "--csv", log.toString(), "--outdir", run}, silent);
        }
        agent(folder, silent);
    }

    /** Starts an agent whose intake cannot be reached. */
    private static void agent(Path folder, Console silent) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "no token of any intake\n");
        DynoAi.run(
                new String[] {
                    "agent",
                    "--to=http://127.0.0.1:9",
                    "--token-file=" + token,
                    "--drop=" + folder.resolve("shop"),
                    "--results=" + folder.resolve("results"),
                    "--data=" + folder.resolve("agent"),
                    "--exit-when-idle=0.5"
                },
                silent);
    }

    private static void write(Path log) throws IOException {
        try (OutputStream out = Files.newOutputStream(log)) {
            SampleLogs.write(eventful(), ROWS, out);
        }
    }

    private static Console silent() {
        return Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    /** Returns a log with faults, so that the classes that report them are recorded too. */
    private static SampleProfile eventful() {
        return SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1)
                .with(SampleProfile.Fault.LEAN_FRONT)
                .with(SampleProfile.Fault.KNOCK)
                .with(SampleProfile.Fault.DROPOUTS);
    }
}
