package dynoai.dashboard.act;

import dynoai.dashboard.http.Body;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Response;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A JSON object of at most {@link #MAX_BYTES}, and what is done with it. */
final class JsonBody implements Body {
    static final String TYPE = "application/json";
    static final long MAX_BYTES = 64 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Act act;

    /** Answers a JSON object. */
    @FunctionalInterface
    interface Act {
        Response answer(JsonTree parameters) throws HttpException, IOException;
    }

    JsonBody(Act act) {
        this.act = act;
    }

    @Override
    public void write(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
    }

    @Override
    public Response answer() throws HttpException, IOException {
        JsonTree parameters;
        try {
            parameters = new JsonTree(Json.readObject(bytes.toByteArray()));
        } catch (IOException ignored) { // The message would repeat a part of the body.
            throw HttpException.badRequest("the body is not a JSON object");
        }
        return act.answer(parameters);
    }

    @Override
    public void discard() {
        bytes.reset();
    }
}
