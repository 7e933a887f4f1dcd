package dynoai.dashboard.http;

import java.io.IOException;
import java.util.Optional;

/** Answers requests. */
@FunctionalInterface
public interface Handler {
    /** @throws HttpException for a response with an error status */
    Response answer(Request request) throws HttpException, IOException;

    /** Whether a request needs no token. */
    default boolean isOpen(Request request) {
        return request.path().get(0).equals("health");
    }

    /** Returns the page to sign in on, for a request of a page; empty for other requests. */
    default Optional<Response.Bytes> signInPage(Request request) {
        return Optional.empty();
    }

    /**
     * Accepts the body of a POST whose sender was checked.
     *
     * @throws HttpException if the path takes no POST, or not with this type or length
     */
    default Body receive(Post post) throws HttpException, IOException {
        throw HttpException.notAllowed("GET, HEAD");
    }

    /** A POST was answered with an error status. */
    default void refused(String path, String sender, int status, String why) {}
}
