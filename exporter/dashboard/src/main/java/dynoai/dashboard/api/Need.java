package dynoai.dashboard.api;

import dynoai.dashboard.http.HttpException;
import dynoai.schemas.access.Caller;
import dynoai.schemas.access.Role;
import java.util.Locale;

/** What a caller needs for a route. */
enum Need {
    /** No token: the route shows nothing of a shop. */
    NOTHING,
    /** A valid token with any role, for pages without content and for what the caller may do. */
    TOKEN,
    /** The role read; only the caller's own shop is visible. */
    READ,
    /** The role operate. */
    OPERATE;

    /** @throws HttpException with status 403, whatever the rest of the request is */
    void check(Caller caller) throws HttpException {
        boolean met = switch (this) {
            case NOTHING, TOKEN -> true; // Requests without a token were answered before.
            case READ -> caller.may(Role.READ, caller.shop());
            case OPERATE -> caller.isOperator();
        };
        if (!met) {
            throw HttpException.of(403, "this needs a token with the role " + name().toLowerCase(Locale.ROOT));
        }
    }
}
