/**
 * What is in a drop folder: which files are logs, and when one is complete. Start with
 * {@link dynoai.ingest.folder.scan.FolderScan}.
 */
package dynoai.ingest.folder.scan;
