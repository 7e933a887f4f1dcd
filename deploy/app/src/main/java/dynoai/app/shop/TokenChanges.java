package dynoai.app.shop;

import dynoai.schemas.access.Role;
import dynoai.schemas.access.Token;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.run.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Decides which tokens a change makes and ends. */
final class TokenChanges {
    private static final Comparator<ShopEntry.Credential> OLDEST_FIRST =
            Comparator.comparingLong(ShopEntry.Credential::createdMillis).thenComparing(ShopEntry.Credential::id);

    private final List<ShopEntry> known;
    private final long nowMillis;

    TokenChanges(List<ShopEntry> known, long nowMillis) {
        this.known = known;
        this.nowMillis = nowMillis;
    }

    /** A new token, and the entries to write for it. */
    record Issued(Token token, ShopEntry.Credential credential, List<ShopEntry.Credential> entries) {}

    /** Returns the shop of new tokens. */
    static String shopOf(String named, Set<Role> roles) {
        boolean operate = roles.contains(Role.OPERATE);
        if (roles.isEmpty() || operate && roles.size() > 1) {
            throw new IllegalArgumentException("the roles are drop, read, both, or operate alone");
        }
        if (operate != named.isEmpty()) {
            throw new IllegalArgumentException(
                    operate ? "the role operate is for all shops; name none" : "name the shop of the token");
        }
        if (!operate && !RunId.isValid(named)) {
            throw new IllegalArgumentException(
                    "a shop has 1 to 64 of A-Z a-z 0-9 . _ - and begins with no dot, unlike " + named);
        }
        if (roles.contains(Role.DROP) && named.equals(RunKey.LOCAL_SHOP)) {
            throw new IllegalArgumentException(
                    named + " is the name for logs that belong to no shop; name the shop otherwise");
        }
        return operate ? ShopEntry.ALL_SHOPS : named;
    }

    Issued add(String shop, Set<Role> roles, long validMillis) {
        known.stream()
                .map(ShopEntry::shop)
                .filter(other -> other.equalsIgnoreCase(shop) && !other.equals(shop))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException("there is a shop " + other
                            + "; on Windows and macOS, names that differ in case alone have the same folder");
                });
        List<String> keys =
                new LinkedHashSet<>(roles).stream().map(Role::key).sorted().toList();
        return issued(shop, keys, validMillis, List.of());
    }

    private Issued issued(String shop, List<String> roles, long validMillis, List<ShopEntry.Credential> changed) {
        Token token = Token.fresh();
        ShopEntry.Credential fresh = new ShopEntry.Credential(
                token.id(), token.secretSha256(), shop, roles, nowMillis, nowMillis + validMillis, false);
        List<ShopEntry.Credential> entries = new ArrayList<>(changed);
        entries.add(fresh);
        return new Issued(token, fresh, entries);
    }

    /**
     * Replaces a token. It stays valid for a while; those of its shop and roles before it are revoked, so that no more than two are
     * valid.
     *
     * @param named a shop with valid tokens of the same roles, or the id of a valid token
     */
    Issued rotate(String named, long overlapMillis, long validMillis) {
        List<ShopEntry.Credential> valid = valid();
        List<ShopEntry.Credential> byId =
                valid.stream().filter(each -> each.id().equals(named)).toList();
        List<ShopEntry.Credential> ofShop =
                valid.stream().filter(each -> each.shop().equals(named)).toList();
        List<ShopEntry.Credential> chosen = byId.isEmpty() ? ofShop : byId;
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("neither a shop nor a token named " + named + " has a valid token");
        }
        if (chosen.stream().map(ShopEntry.Credential::roles).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "shop " + named + " has tokens of different roles; name the id of one, see 'dynoai shops list'");
        }
        ShopEntry.Credential replaced = chosen.get(chosen.size() - 1);
        List<ShopEntry.Credential> changed = new ArrayList<>();
        for (ShopEntry.Credential each : valid) {
            boolean alike = each.shop().equals(replaced.shop()) && each.roles().equals(replaced.roles());
            if (each.equals(replaced)) {
                changed.add(each.until(nowMillis + overlapMillis));
            } else if (alike) {
                changed.add(each.revoke());
            }
        }
        return issued(replaced.shop(), replaced.roles(), validMillis, changed);
    }

    /** Returns the entries that revoke a token. */
    List<ShopEntry.Credential> revoke(String id) {
        List<ShopEntry.Credential> revoked = valid().stream()
                .filter(each -> each.id().equals(id))
                .map(ShopEntry.Credential::revoke)
                .toList();
        if (revoked.isEmpty()) {
            throw new IllegalArgumentException("there is no valid token with the id " + id);
        }
        return revoked;
    }

    /** Returns the entries that revoke all tokens of a shop. */
    List<ShopEntry.Credential> revokeTokens(String shop) {
        return valid().stream()
                .filter(each -> each.shop().equals(shop))
                .map(ShopEntry.Credential::revoke)
                .toList();
    }

    /** Returns the entry that revokes all client certificates of a shop that were issued until now. */
    ShopEntry.Certificates revokeCertificates(String shop) {
        return new ShopEntry.Certificates(shop, nowMillis);
    }

    private List<ShopEntry.Credential> valid() {
        return credentials().stream().filter(each -> each.isValid(nowMillis)).toList();
    }

    /** Returns all tokens, oldest first. */
    List<ShopEntry.Credential> credentials() {
        return known.stream()
                .filter(ShopEntry.Credential.class::isInstance)
                .map(ShopEntry.Credential.class::cast)
                .sorted(OLDEST_FIRST)
                .toList();
    }
}
