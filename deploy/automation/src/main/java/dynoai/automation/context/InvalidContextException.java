package dynoai.automation.context;

/** A value that is not JSON, or a path without a value. The message names it. */
public final class InvalidContextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidContextException(String message) {
        super(message);
    }
}
