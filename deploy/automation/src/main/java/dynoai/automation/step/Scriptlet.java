package dynoai.automation.step;

import dynoai.automation.context.Context;

/**
 * One step written in Java. A recipe names its class; it needs a constructor without parameters. Describe it with {@link
 * StepDoc}. Its changes of the Context count only if it succeeds.
 */
public interface Scriptlet {
    /**
     * Checks the parameters before the step runs.
     *
     * @throws InvalidStepException if a parameter is missing or wrong
     */
    default void validate(Context context, Params params) {}

    /**
     * Runs the step. An exception is a failed step, its message the reason. The calling thread is the step's own and is
     * interrupted when the step's timeout has passed.
     */
    Result run(Context context, Params params) throws Exception;
}
