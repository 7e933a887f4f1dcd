package dynoai.automation.step;

/** A parameter that is missing or wrong, or a step that is not there. The message names it. */
public final class InvalidStepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidStepException(String message) {
        super(message);
    }
}
