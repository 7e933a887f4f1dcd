package dynoai.dashboard.http;

import java.io.IOException;

/** Answers requests. */
@FunctionalInterface
public interface Handler {
    /** @throws HttpException for a response with an error status */
    Response answer(Request request) throws HttpException, IOException;
}
