/**
 * The messages between the stages. Start with {@link dynoai.schemas.record.RunLogRecord} (the run
 * log), then {@link dynoai.schemas.record.RunOutcome} (analyzer to exporter) and {@link dynoai.schemas.record.RunResult}
 * (exporter to everyone). Their encoding is in {@link dynoai.schemas.wire}.
 */
package dynoai.schemas.record;
