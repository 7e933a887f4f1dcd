package dynoai.engine.retention;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folders of an installation.
 *
 * @param drop the drop folder; empty if runs are made by {@code analyze} and {@code batch} alone
 * @param otherDrops drop folders of other ingests that share the store, of which only the claims are read
 */
public record RetentionFolders(Path runs, Path store, Optional<Path> drop, List<Path> otherDrops) {
    List<Path> drops() {
        List<Path> drops = new ArrayList<>(otherDrops);
        drop.ifPresent(drops::add);
        return drops;
    }
}
