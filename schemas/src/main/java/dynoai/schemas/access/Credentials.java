package dynoai.schemas.access;

import dynoai.schemas.record.ShopEntry;
import java.util.Optional;

/** Looks up who has a token. Thread-safe. */
public interface Credentials {
    /**
     * Returns who has this token; empty if it is not valid. The time that it takes does not depend on the
     * reason.
     */
    Optional<Caller> find(String token);

    /** Whether a credential of this id is still valid, so that a session that began with it goes on. */
    boolean isValid(String credential);

    /** Whether the credentials were read. Before, none is valid. */
    default boolean isKnown() {
        return true;
    }

    /**
     * Returns until when the client certificates of a shop are revoked: one counts if it is valid from a later time, in milliseconds
     * since the epoch.
     */
    long certificatesRevokedUntil(String shop);

    /** Returns the limits of a shop. */
    ShopEntry.Limits limits(String shop);
}
