package dynoai.app.catalogue;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.pipeline.CatalogueFlags;
import dynoai.app.pipeline.FolderFlags;
import dynoai.catalogue.Catalogue;
import dynoai.catalogue.shelf.FolderSweep;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.catalogue.shelf.ShelfSweep;
import dynoai.exporter.shelf.RunShelf;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the database of the page again from the folders. */
@Command(
        name = "catalogue",
        description = "Make the page's list of runs again from the folders.",
        footer = {
            "",
            "The page reads ended runs from a catalogue: a SQLite file in --data, or the database of --catalogue. rebuild",
            "empties it and reads the manifests of all runs and the reasons of rejected logs. A node or dashboard",
            "that uses it goes on, and adds what only Kafka has. A damaged or deleted SQLite file is made again by itself.",
            "",
            "Examples:",
            "  dynoai catalogue rebuild",
            "  dynoai catalogue rebuild --catalogue jdbc:postgresql://db/dynoai --runs /srv/runs",
            "  dynoai catalogue rebuild --runs s3://dyno/live",
        },
        exitCodeList = {"5:the database cannot be used, or another error"})
public final class CatalogueCommand implements Callable<Integer> {
    /** What is done with a catalogue. */
    enum Action {
        REBUILD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;

    @Mixin
    private FolderFlags folders = new FolderFlags();

    @Mixin
    private CatalogueFlags catalogue = new CatalogueFlags();

    @Parameters(paramLabel = "rebuild", description = "The action.")
    private Action action = Action.REBUILD;

    public CatalogueCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        return switch (action) {
            case REBUILD -> rebuild();
        };
    }

    private int rebuild() throws CommandException, IOException {
        FolderFlags.Folders shown = folders.ofLatest();
        RunFolders found = shown.runs().runFolders(shown.data(), shown.drop(), "rebuild");
        try (Catalogue opened = Catalogue.open(catalogue.address(shown.data()))) {
            opened.clear();
            new FolderSweep(opened, found, runs -> {}).readAll();
            @Nullable RunShelf shelf = found.shelf();
            if (shelf != null && !new ShelfSweep(opened, found, shelf, runs -> {}).readAll()) {
                console.message("Runs that could not be read are left out.");
            }
            long runs = opened.summary().states().values().stream()
                    .mapToLong(Integer::longValue)
                    .sum();
            console.println(runs + (runs == 1 ? " run" : " runs") + " and rejected logs listed");
        }
        return ExitCode.SUCCESS;
    }
}
