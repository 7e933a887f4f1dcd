package dynoai.engine.retention;

import java.nio.file.Path;

/**
 * Something that the policy removes.
 *
 * @param shop empty for files of the store, as are cell and bike
 * @param bike empty if its log named none
 * @param id a run id or a hash
 * @param path the folder or file
 * @param ageDays whole days since its log was claimed; for files of the store since their last use
 * @param bytes that its removal frees: a file with several names counts where the last one goes
 * @param why the limit of the policy
 */
public record Removal(
        RetentionKind kind,
        String shop,
        String cell,
        String bike,
        String id,
        Path path,
        long ageDays,
        long bytes,
        String why) {}
