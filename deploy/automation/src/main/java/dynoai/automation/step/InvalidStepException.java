package dynoai.automation.step;

/** An unknown step, or a parameter that is missing or wrong. The message names it. */
public final class InvalidStepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidStepException(String message) {
        super(message);
    }
}
