/**
 * Runs as they lie on disk. {@link dynoai.dashboard.runs.RunFolders} finds them and keeps a board up to date;
 * {@link dynoai.dashboard.runs.RunFolderView} reads one of them, {@link dynoai.dashboard.runs.CellSession} all of a dyno
 * cell. Nothing here writes.
 */
package dynoai.dashboard.runs;
