package dynoai.dashboard;

import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.access.Role;
import dynoai.schemas.access.Token;
import dynoai.schemas.record.ShopEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Credentials that a test makes and revokes. */
final class FixedCredentials implements Credentials {
    private final Map<String, Caller> callers = new HashMap<>();
    private final Set<String> revoked = new HashSet<>();
    private volatile boolean known = true;

    void known(boolean now) {
        known = now;
    }

    @Override
    public boolean isKnown() {
        return known;
    }

    /** Returns a new token as it is sent. */
    synchronized String token(String shop, Role... roles) {
        Token token = Token.fresh();
        callers.put(token.text(), new Caller(shop, Set.of(roles), token.id()));
        return token.text();
    }

    synchronized void revoke(String token) {
        revoked.add(Token.parse(token).orElseThrow().id());
    }

    @Override
    public synchronized Optional<Caller> find(String token) {
        return Optional.ofNullable(callers.get(token)).filter(caller -> !revoked.contains(caller.credential()));
    }

    @Override
    public synchronized boolean isValid(String credential) {
        return callers.values().stream().anyMatch(caller -> caller.credential().equals(credential))
                && !revoked.contains(credential);
    }

    @Override
    public long certificatesRevokedUntil(String shop) {
        return ShopEntry.Certificates.none(shop).revokedUntilMillis();
    }

    @Override
    public ShopEntry.Limits limits(String shop) {
        return ShopEntry.Limits.none(shop);
    }
}
