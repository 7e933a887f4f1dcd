package dynoai.dashboard.act;

import dynoai.schemas.store.ContentStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where acts of the page read and write, besides the runs and the drop folder.
 *
 * @param store the log store
 * @param data the node's own directory: tables and notes that the page makes, and the audit
 * @param maxLogBytes largest log
 * @param recipes the recipes that can be started; null for none
 */
public record ActSettings(
        ContentStore store,
        Path data,
        long maxLogBytes,
        @Nullable RecipeStarts recipes) {}
