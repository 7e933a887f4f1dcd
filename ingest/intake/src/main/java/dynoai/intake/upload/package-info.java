/**
 * Uploads without HTTP: {@link dynoai.intake.upload.UploadService} decides, {@link dynoai.intake.upload.Transfer} takes bytes.
 */
@NullMarked
package dynoai.intake.upload;

import org.jspecify.annotations.NullMarked;
