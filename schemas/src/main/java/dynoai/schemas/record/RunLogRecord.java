package dynoai.schemas.record;

import dynoai.schemas.log.RowBlock;

/**
 * A record of the run log. An attempt is one {@link Started}, its {@link Block blocks} in order and one {@link Ended}. An
 * attempt that stops earlier, with or without {@link Abandoned}, is replaced by a higher one.
 */
public sealed interface RunLogRecord {
    /** From 1; a higher attempt replaces the lower ones. */
    int attempt();

    record Started(int attempt, RunStarted run) implements RunLogRecord {}

    /**
     * @param ordinal number of the block within its attempt, from 0
     * @param firstRow number of the block's first processed row, from 1
     */
    record Block(int attempt, int ordinal, long firstRow, RowBlock rows) implements RunLogRecord {}

    /**
     * The totals of the blocks before.
     *
     * @param rowsRead data rows of the log, readable or not
     * @param unreadable unreadable rows
     */
    record Ended(int attempt, long rowsRead, long unreadable, int blocks, String sha256) implements RunLogRecord {}

    record Abandoned(int attempt, String reason) implements RunLogRecord {}
}
