package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.setting.Setting;
import dynoai.catalogue.CatalogueAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The database with the runs that ended. */
public final class CatalogueFlags {
    @Setting
    @Option(
            names = "--catalogue",
            paramLabel = "URL",
            description = "Database that lists the runs, jdbc:postgresql://HOST/NAME; passwords belong in ~/.pgpass."
                    + " Default: a SQLite file in the data directory.")
    private @Nullable String url;

    /** Returns the address; without the flag that of the node on a data directory. */
    public CatalogueAddress address(Path data) throws CommandException {
        return shared().orElse(CatalogueAddress.in(data));
    }

    /** Returns the address of the flag. */
    Optional<CatalogueAddress> shared() throws CommandException {
        try {
            return Optional.ofNullable(url).map(CatalogueAddress::ofUrl);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "--catalogue: " + e.getMessage());
        }
    }
}
