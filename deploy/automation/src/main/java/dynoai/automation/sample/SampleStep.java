package dynoai.automation.sample;

import dynoai.automation.context.Context;
import dynoai.automation.step.Params;
import dynoai.automation.step.Result;
import dynoai.automation.step.Scriptlet;
import dynoai.automation.step.StepDoc;

/** The Java steps of the sample recipe: a class and a function. */
@StepDoc(
        description = "Writes a message to the Context.",
        usage = "message: text",
        returns = "{\"status\":\"ok\",\"recorded\":…}")
public final class SampleStep implements Scriptlet {
    private static final String KEY = "sample.message_v1";

    @Override
    public void validate(Context context, Params params) {
        params.text("message");
    }

    @Override
    public Result run(Context context, Params params) {
        context.set(KEY, params.text("message"), "sample_step");
        context.note("message recorded");
        return Result.ok().with("recorded", KEY);
    }

    @StepDoc(description = "Returns the length of a message.", usage = "message: text")
    public static Result length(Params params) {
        return Result.ok().with("length", params.text("message").length());
    }
}
