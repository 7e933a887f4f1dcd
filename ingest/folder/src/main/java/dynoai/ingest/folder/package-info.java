/**
 * The drop folder: which files are logs, when one is complete, who claimed it and where it is archived. Imports neither Kafka
 * nor the log reader.
 *
 * <p>Start with {@link dynoai.ingest.folder.FolderIngest}. {@link dynoai.ingest.folder.RunState} is the state machine of a
 * claimed run, {@link dynoai.ingest.folder.FileState} what the outside sees of it. {@link dynoai.ingest.folder.RunTransport} is
 * what the folder needs from Kafka, {@link dynoai.ingest.folder.IngestEvents} what it reports.
 */
package dynoai.ingest.folder;
