package dynoai.automation;

import dynoai.automation.context.Context;
import dynoai.automation.recipe.InvalidRecipeException;
import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeLoader;
import dynoai.automation.step.Params;
import dynoai.automation.step.Result;
import dynoai.automation.step.Scriptlet;
import dynoai.automation.step.StepCatalog;
import dynoai.automation.step.StepDoc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A catalog, and small steps for tests of the runner. */
public final class TestSteps {
    private TestSteps() {}

    public static StepCatalog catalog() {
        return StepCatalog.of(List.of());
    }

    public static Recipe recipe(String yaml) throws InvalidRecipeException {
        return new RecipeLoader(catalog()).load(Path.of("r.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores a message: the Java form of the Python step of the sample recipes. */
    @StepDoc(
            description = "Writes a message to the Context.",
            usage = "message: text",
            returns = "{\"status\":\"ok\",\"recorded_key\":…}")
    public static final class Sample implements Scriptlet {
        @Override
        public void validate(Context context, Params params) {
            params.text("message");
        }

        @Override
        public Result run(Context context, Params params) {
            context.set("sample.message_v1", params.text("message"), "sample_step");
            context.note("message recorded");
            return Result.ok().with("recorded_key", "sample.message_v1");
        }
    }

    /** Stores the length of a message: the Java form of a step of the sample recipes. */
    public static final class ComputeMessageLength implements Scriptlet {
        @Override
        public Result run(Context context, Params params) {
            int length = params.text("message").length();
            context.set("metrics.message_length_v1", length, "compute_message_length");
            return Result.ok().with("key", "metrics.message_length_v1").with("length", length);
        }
    }

    /** Sets a key, adds to a list and stores the list. */
    public static final class Mix implements Scriptlet {
        @Override
        public Result run(Context context, Params params) {
            String me = params.text("me");
            context.set("shared.last", me, me);
            context.append("shared.all", me, me);
            context.set("seen." + me, context.get("shared.all"), me);
            return Result.ok();
        }
    }

    /** Halves a number. */
    public static final class Halve implements Scriptlet {
        @Override
        public Result run(Context context, Params params) {
            double half = params.number("value") / 2;
            context.set("number", half, "halve");
            return Result.ok().with("value", half);
        }
    }

    /** Fails on the first attempts. */
    public static final class Stubborn implements Scriptlet {
        @Override
        public Result run(Context context, Params params) throws Exception {
            Path file = Path.of(params.text("file"));
            Files.writeString(file, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            context.append("tries", Files.size(file), "stubborn");
            return Files.size(file) < params.number("tries") ? Result.failed("not yet") : Result.ok();
        }
    }

    /** Never ends. */
    public static final class Waits implements Scriptlet {
        @Override
        public Result run(Context context, Params params) throws Exception {
            new CountDownLatch(1).await();
            return Result.ok();
        }
    }

    /** Functions as steps. */
    public static final class Functions {
        private Functions() {}

        @StepDoc(description = "Doubles a number.", usage = "value: a number")
        static Result twice(Params params) {
            return Result.ok().with("value", params.number("value") * 2);
        }

        static Result record(Context context, Params params) {
            context.set("recorded_v1", params.text("text"), "record");
            return Result.ok();
        }

        static Result fails(Params params) throws IOException {
            throw new IOException("no dyno at " + params.text("address"));
        }

        static Result both(Params params) {
            return Result.ok();
        }

        static Result both(Context context, Params params) {
            return Result.ok();
        }

        Result notStatic(Params params) {
            return Result.ok();
        }
    }
}
