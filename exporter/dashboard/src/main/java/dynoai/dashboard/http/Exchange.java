package dynoai.dashboard.http;

import org.jspecify.annotations.Nullable;

/**
 * What follows a request: a reply, or first its body.
 *
 * @param reply null if the body is to be received
 */
record Exchange(@Nullable Reply reply, @Nullable Incoming incoming) {
    static Exchange of(Reply reply) {
        return new Exchange(reply, null);
    }

    static Exchange of(Incoming incoming) {
        return new Exchange(null, incoming);
    }
}
