package dynoai.catalogue;

import dynoai.catalogue.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that ends within the transaction of a write. */
final class CrashingWriter {
    static final int CRASHED = 137;

    private CrashingWriter() {}

    /** Runs the process and returns its status. */
    static int run(CatalogueAddress address) throws IOException, InterruptedException {
        String target = address instanceof CatalogueAddress.File file
                ? file.path().toString()
                : ((CatalogueAddress.Server) address).url();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        target)
                .inheritIO()
                .start()
                .waitFor();
    }

    public static void main(String[] arguments) throws IOException {
        String target = arguments[0];
        CatalogueAddress address = target.startsWith(CatalogueAddress.POSTGRESQL)
                ? CatalogueAddress.ofUrl(target)
                : new CatalogueAddress.File(Path.of(target));
        try (Database database = Database.open(address)) {
            database.write(handle -> {
                RunWriter writer = new RunWriter(handle);
                writer.put(List.of(
                        CatalogueContract.reported(CatalogueContract.line("r1", RunState.FAILED, 1)),
                        CatalogueContract.reported(CatalogueContract.line("r9", RunState.DONE, 9))));
                writer.finish();
                Catalogue.writeOffsets(handle, Map.of(new Catalogue.TopicPosition("topic", 0), 99L));
                Runtime.getRuntime().halt(CRASHED);
                return 0;
            });
        }
    }
}
