package dynoai.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the page, health and metrics are served, and to whom.
 *
 * @param host a name or address to listen on; one that is not loopback needs a token
 * @param port of the page, or of health and metrics without a page; 0 for any free one
 * @param healthPort of health and metrics alone; 0 for any free one
 * @param token the access token; null for none
 * @param names further names of this server that browsers may use
 * @param readOnly whether the page only shows
 * @param withCredentials whether each request needs a credential, in place of the access token
 */
public record Place(
        String host,
        int port,
        int healthPort,
        @Nullable String token,
        List<String> names,
        boolean readOnly,
        boolean withCredentials) {}
