package dynoai.intake.tls;

import dynoai.schemas.file.FileStamp;
import dynoai.schemas.stage.StageEvents;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Uses new PEM files while the server runs. New connections get the new certificate; open ones stay. Files that are not
 * usable are reported, and the previous ones stay in use.
 */
public final class TlsReload {
    private static final String WHERE = "tls";

    private final TlsFiles files;
    private final SslContextFactory.Server tls;
    private final StageEvents events;
    private List<FileStamp> used;
    private List<FileStamp> seen;
    private volatile Instant notAfter;

    /** @param tls as {@link TlsFiles#open} returned it */
    public TlsReload(TlsFiles files, SslContextFactory.Server tls, StageEvents events) throws IOException {
        this.files = files;
        this.tls = tls;
        this.events = events;
        this.used = files.stamps();
        this.seen = used;
        this.notAfter = files.read().notAfter();
    }

    /** The end of the certificate's validity. */
    public Instant notAfter() {
        return notAfter;
    }

    /**
     * Looks at the files once. Files that differ from the last look are used at the next one, since another program may be
     * writing them one after another.
     *
     * @return whether new files are in use now
     */
    public synchronized boolean look() {
        try {
            List<FileStamp> now = files.stamps();
            boolean settled = now.equals(seen);
            seen = now;
            if (now.equals(used) || !settled) {
                return false;
            }
            used = now;
            TlsFiles.Keys keys = files.read();
            tls.reload(factory -> keys.applyTo(tls));
            notAfter = keys.notAfter();
            return true;
        } catch (Exception e) { // Jetty declares no other.
            events.warning(WHERE, "the previous certificate stays in use: " + e.getMessage());
            return false;
        }
    }
}
