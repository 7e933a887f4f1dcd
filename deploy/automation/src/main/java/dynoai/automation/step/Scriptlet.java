package dynoai.automation.step;

import dynoai.automation.context.Context;

/**
 * One step written in Java. A recipe names its class; it needs a constructor without parameters. Describe it with {@link
 * StepDoc}. What it changes in the Context counts only when it succeeds.
 */
public interface Scriptlet {
    /** Looks at the parameters before anything is done. Refuse with {@link InvalidStepException}. */
    default void validate(Context context, Params params) {}

    /**
     * Does the work. An exception is a failed step, its message the reason. Runs in a thread of its own that is interrupted
     * when the step's timeout has passed.
     */
    Result run(Context context, Params params) throws Exception;
}
