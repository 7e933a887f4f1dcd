/**
 * Run folders on disk, read only. {@link dynoai.dashboard.runs.RunFolders} puts them on a board, {@link
 * dynoai.dashboard.runs.RunFolderView} reads one of them, {@link dynoai.dashboard.runs.SessionView} the sessions of a dyno cell.
 */
package dynoai.dashboard.runs;
