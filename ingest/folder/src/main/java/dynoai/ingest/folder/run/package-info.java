/**
 * The life of a claimed run. {@link dynoai.ingest.folder.run.RunState} is its state machine,
 * {@link dynoai.ingest.folder.run.RunStateMachine} the scheduler, and {@link dynoai.ingest.folder.run.FileState} what the
 * outside sees. {@link dynoai.ingest.folder.run.RunTransport} is what the folder needs from Kafka,
 * {@link dynoai.ingest.folder.run.IngestEvents} what it reports.
 */
package dynoai.ingest.folder.run;
