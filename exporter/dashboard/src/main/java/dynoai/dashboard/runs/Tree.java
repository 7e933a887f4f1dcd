package dynoai.dashboard.runs;

import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value with questions that always have an answer: what is not there, or of another kind, is empty. */
final class Tree {
    private static final int LARGEST_BYTES = 16 << 20;

    private final @Nullable Object value;

    Tree(@Nullable Object value) {
        this.value = value;
    }

    /** @throws IOException when there is no such file, or it is no JSON */
    static Tree read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_BYTES) {
            throw new IOException(file.getFileName() + " is larger than 16 MiB");
        }
        return new Tree(Json.read(Files.readAllBytes(file)));
    }

    /** Empty when there is no such file. */
    static Tree readIfThere(Path file) throws IOException {
        return Files.isRegularFile(file) ? read(file) : new Tree(null);
    }

    Tree at(String... names) {
        @Nullable Object here = value;
        for (String name : names) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return new Tree(here);
    }

    String text() {
        return value instanceof String text ? text : "";
    }

    long whole() {
        return value instanceof Number number ? number.longValue() : 0;
    }

    double number() {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    boolean flag() {
        return Boolean.TRUE.equals(value);
    }

    List<Tree> items() {
        List<Tree> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.add(new Tree(item)));
        }
        return items;
    }

    /** As it was read. */
    @Nullable
    Object raw() {
        return value;
    }
}
