package dynoai.automation.run;

/** A step did not succeed; the message names it and says why. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
        super(message);
    }
}
