/**
 * The ingest of a drop folder, and the commands that read or repair one. Imports neither Kafka nor the log reader.
 *
 * <p>Start with {@link dynoai.ingest.folder.FolderIngest}. A log is found by {@code scan}, becomes a run in {@code claim} and is
 * sent and archived by {@code run}; these packages know the ones before them only.
 */
package dynoai.ingest.folder;
