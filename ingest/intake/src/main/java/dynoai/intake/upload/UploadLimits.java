package dynoai.intake.upload;

import dynoai.schemas.store.StoreObjects;
import java.time.Duration;

/**
 * Limits of uploads.
 *
 * @param partBytes after which a part is stored, while more bytes arrive
 * @param lifetime of an upload that is not complete
 * @param idle time without a byte after which another connection may continue an upload
 */
public record UploadLimits(int partBytes, Duration lifetime, Duration idle) {
    public static final UploadLimits DEFAULT =
            new UploadLimits(StoreObjects.MAX_BYTES, Duration.ofDays(7), Duration.ofSeconds(5));
}
