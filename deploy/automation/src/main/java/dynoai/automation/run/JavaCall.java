package dynoai.automation.run;

import dynoai.automation.context.Context;
import dynoai.automation.step.InvalidStepException;
import dynoai.automation.step.Params;
import dynoai.automation.step.Result;
import dynoai.automation.step.Scriptlet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call of a Java step, in a thread of its own so that it can time out. */
record JavaCall(Scriptlet step, Context context, Params params) {

    Result run(String name, Optional<Duration> timeout) throws InterruptedException {
        FutureTask<Result> task = new FutureTask<>(this::call);
        Thread thread = new Thread(task, "step-" + name);
        thread.setDaemon(true);
        thread.setContextClassLoader(step.getClass().getClassLoader());
        thread.start();
        try {
            return timeout.isPresent() ? task.get(timeout.get().toNanos(), TimeUnit.NANOSECONDS) : task.get();
        } catch (TimeoutException expired) {
            task.cancel(true);
            return Result.failed("timed out after " + timeout.get().toMillis() / 1000.0 + " s");
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            throw interrupted;
        } catch (ExecutionException e) {
            return Result.failed(reason(e.getCause() == null ? e : e.getCause()));
        }
    }

    private Result call() throws Exception {
        step.validate(context, params);
        Result result = step.run(context, params);
        return result == null ? Result.failed("the step returned nothing") : result;
    }

    private static String reason(Throwable cause) {
        String type = cause.getClass().getSimpleName();
        String message = cause.getMessage();
        if (message == null) {
            return type;
        }
        return cause instanceof InvalidStepException ? message : type + ": " + message;
    }
}
