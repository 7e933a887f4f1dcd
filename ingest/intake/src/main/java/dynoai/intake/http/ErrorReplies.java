package dynoai.intake.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The bodies of errors that Jetty finds by itself, such as headers that are too large. They quote nothing of the request. */
final class ErrorReplies extends ErrorHandler {
    private final HttpLimits limits;

    ErrorReplies(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        ReplyWriter.write(reply(status), request, response, callback, limits);
    }

    private static Reply reply(int status) {
        Reply reply = Reply.of(new RequestException(ErrorCode.ofStatus(status), HttpStatus.getMessage(status)));
        return new Reply(status, reply.headers(), reply.content());
    }
}
