package dynoai.schemas.yaml;

import java.io.IOException;

/** A text that is not one YAML document. */
public final class YamlException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String field;
    private final String problem;

    YamlException(int line, String field, String problem) {
        super("line " + line + ": " + (field.isEmpty() ? "" : field + ": ") + problem);
        this.line = line;
        this.field = field;
        this.problem = problem;
    }

    /** Line from 1. */
    public int line() {
        return line;
    }

    /** Path of the value, as {@code steps[0].idx}; empty for the document. */
    public String field() {
        return field;
    }

    public String problem() {
        return problem;
    }
}
