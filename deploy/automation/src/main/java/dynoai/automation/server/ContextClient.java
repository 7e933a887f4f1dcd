package dynoai.automation.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A client of the context server. Not thread-safe. */
public final class ContextClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(30).toMillis();
    private final Socket socket;
    private final Optional<String> token;
    private final BufferedReader answers;

    private ContextClient(Socket socket, Optional<String> token) throws IOException {
        this.socket = socket;
        this.token = token;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param token the server's token, if it has one */
    public static ContextClient connect(InetSocketAddress server, Optional<String> token) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return new ContextClient(socket, token);
        } catch (IOException e) {
            socket.close();
            throw new IOException("no context server answers at " + server + ": " + e.getMessage(), e);
        }
    }

    public JsonNode full() throws IOException, ContextException {
        return ask(request("full"));
    }

    public JsonNode get(String path) throws IOException, ContextException {
        return ask(request("get").put("path", path));
    }

    public JsonNode set(String path, JsonNode value) throws IOException, ContextException {
        return ask(request("set").put("path", path).set("value", value));
    }

    /** @return the list as it is now */
    public JsonNode append(String path, JsonNode value) throws IOException, ContextException {
        return ask(request("append").put("path", path).set("value", value));
    }

    public JsonNode delete(String path) throws IOException, ContextException {
        return ask(request("delete").put("path", path));
    }

    public JsonNode pop(String path, int index) throws IOException, ContextException {
        return ask(request("pop").put("path", path).put("index", index));
    }

    private static ObjectNode request(String op) {
        return JsonNodeFactory.instance.objectNode().put("op", op);
    }

    private JsonNode ask(ObjectNode request) throws IOException, ContextException {
        token.ifPresent(text -> request.put("token", text));
        socket.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the context server closed the connection");
        }
        JsonNode answer = StrictJson.MAPPER.readTree(line);
        if (!answer.path("ok").asBoolean()) {
            throw new ContextException(answer.path("error").asText("the context server gave no answer"));
        }
        return answer.path("value");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The server rejected a request. The message is the server's. */
    public static final class ContextException extends Exception {
        private static final long serialVersionUID = 1L;

        ContextException(String message) {
            super(message);
        }
    }
}
