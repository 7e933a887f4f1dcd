/**
 * Uploads of logs, as the intake receives them and admit ends them. Start with {@link dynoai.schemas.upload.Uploads}.
 */
@NullMarked
package dynoai.schemas.upload;

import org.jspecify.annotations.NullMarked;
