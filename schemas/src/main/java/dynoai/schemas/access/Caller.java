package dynoai.schemas.access;

import dynoai.schemas.record.ShopEntry;
import java.util.Set;

/**
 * Who sends a request, as proved by a credential.
 *
 * @param shop the only shop whose data the caller sees, or {@link ShopEntry#ALL_SHOPS}
 * @param credential id of the token or name of the certificate, for audit lines
 */
public record Caller(String shop, Set<Role> roles, String credential) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether the caller operates the pipeline: it sees all shops. */
    public boolean isOperator() {
        return shop.equals(ShopEntry.ALL_SHOPS) && roles.contains(Role.OPERATE);
    }

    /** Whether the caller has this role for this shop. */
    public boolean may(Role role, String ofShop) {
        return isOperator() || shop.equals(ofShop) && roles.contains(role);
    }
}
