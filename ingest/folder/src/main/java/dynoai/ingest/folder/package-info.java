/**
 * The drop folder: which files are logs, when one is complete, who has claimed it, where it ends. Nothing here knows
 * Kafka or how a log is decoded.
 *
 * <p>Start with {@link dynoai.ingest.folder.FolderIngest}, the state machine; {@link dynoai.ingest.folder.FileState}
 * says what can become of a file, {@link dynoai.ingest.folder.RunCarrier} is what the machine needs from the shell
 * around it, {@link dynoai.ingest.folder.IngestEvents} what it reports.
 */
package dynoai.ingest.folder;
