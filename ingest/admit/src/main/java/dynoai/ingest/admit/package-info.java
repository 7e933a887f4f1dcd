/**
 * Uploaded logs become runs. {@link dynoai.ingest.admit.AdmitStage} starts; {@code IntakeReader} reads the topic of accepted logs as
 * a member of a consumer group, so each shop has one process that decides about it; {@code UploadIngest} takes the logs in turns
 * and sends them by the state machine of the drop folder.
 */
@NullMarked
package dynoai.ingest.admit;

import org.jspecify.annotations.NullMarked;
