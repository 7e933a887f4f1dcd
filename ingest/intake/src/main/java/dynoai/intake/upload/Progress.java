package dynoai.intake.upload;

import dynoai.schemas.upload.Upload;
import java.time.Instant;

/**
 * How far an upload is.
 *
 * @param offset number of bytes that are stored
 * @param accepted whether the log is whole, in the store and handed on
 * @param expires when the upload is deleted if it is not complete
 */
public record Progress(Upload upload, long offset, boolean accepted, Instant expires) {}
