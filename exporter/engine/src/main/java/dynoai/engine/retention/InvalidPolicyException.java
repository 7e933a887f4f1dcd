package dynoai.engine.retention;

import java.util.List;

/** A retention policy that cannot be used, with all its problems: one line each, with file, line and field. */
public final class InvalidPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPolicyException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
