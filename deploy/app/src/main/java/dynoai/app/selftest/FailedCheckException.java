package dynoai.app.selftest;

/** A result that differs from the expected one. */
final class FailedCheckException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedCheckException(String message) {
        super(message);
    }
}
