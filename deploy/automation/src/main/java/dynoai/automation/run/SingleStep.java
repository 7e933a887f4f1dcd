package dynoai.automation.run;

import dynoai.automation.context.Context;
import dynoai.automation.step.Params;
import dynoai.automation.step.Result;
import dynoai.automation.step.Scriptlet;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs one Java step on an empty Context. */
public final class SingleStep {
    private SingleStep() {}

    /** @param log receives the step's notes and its resource usage, secrets hidden */
    public static Result run(String name, Scriptlet step, Params params, Consumer<String> log)
            throws InterruptedException {
        Secrets secrets = new Secrets();
        secrets.learn(params.json());
        Context context = new Context().branch(note -> log.accept(secrets.hide(note)));
        ResourceMeter meter = ResourceMeter.start();
        try {
            return new JavaCall(step, context, params).run(name, Optional.empty());
        } finally {
            log.accept(meter.stop(name));
        }
    }
}
