package dynoai.dashboard.http;

import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The static files of the pages, read once from the class path. */
public final class Assets {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json");

    private final Map<String, Response.Bytes> responses = new HashMap<>();

    /**
     * @param anchor a class of the module with the files
     * @param folder their folder on its class path
     * @param names of all files; there are no others
     */
    public Assets(Class<?> anchor, String folder, Iterable<String> names) {
        for (String name : names) {
            try (InputStream in = anchor.getResourceAsStream(folder + '/' + name)) {
                if (in == null) {
                    throw new IllegalStateException("missing resource " + name);
                }
                byte[] bytes = in.readAllBytes();
                String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
                responses.put(
                        name,
                        new Response.Bytes(
                                200, type, bytes, '"' + Sha256.hex(bytes).substring(0, 16) + '"'));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public Optional<Response.Bytes> find(String name) {
        return Optional.ofNullable(responses.get(name));
    }
}
