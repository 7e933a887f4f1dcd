package dynoai.automation.run;

/** A step did not succeed; the message names it and says why. */
final class StepFailed extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailed(String message) {
        super(message);
    }
}
