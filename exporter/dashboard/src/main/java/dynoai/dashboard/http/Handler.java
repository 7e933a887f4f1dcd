package dynoai.dashboard.http;

import java.io.IOException;

/** Answers requests. */
@FunctionalInterface
public interface Handler {
    /** @throws HttpException when there is no such thing, or the question makes no sense */
    Response answer(Request request) throws HttpException, IOException;
}
