package dynoai.automation.run;

/** A step failed. The message names it and the reason. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
        super(message);
    }
}
