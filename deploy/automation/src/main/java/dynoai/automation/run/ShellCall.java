package dynoai.automation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dynoai.automation.context.StrictJson;
import dynoai.automation.step.Result;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One call of a shell command. Inputs are environment variables, standard output is exactly one JSON object of at most 1 MiB,
 * standard error goes to the step's log. Processes that the command started are ended with it.
 *
 * @param surroundings further environment variables, which inputs of the same name replace
 */
record ShellCall(
        String command,
        ObjectNode inputs,
        Map<String, String> surroundings,
        Path workDir,
        StepLog log,
        Secrets secrets) {
    private static final int EXIT_NOT_EXECUTABLE = 126;
    private static final int EXIT_NOT_FOUND = 127;
    private static final int MAX_OUTPUT_BYTES = 1 << 20;
    private static final int SHOWN_CHARACTERS = 200;
    private static final long LAST_OUTPUT_MILLIS = 5_000;
    private static final long LAST_OUTPUT_AFTER_TIMEOUT_MILLIS = 400;

    /** @param running keeps the process while it runs */
    Result run(Optional<Duration> timeout, RunningProcesses running, String id)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(ProcessGroup.leading(List.of("/bin/sh", "-c", command)))
                .directory(workDir.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(surroundings);
        for (Map.Entry<String, JsonNode> field : inputs.properties()) {
            builder.environment().put(field.getKey(), References.asText(field.getValue()));
        }
        StepMark mark = StepMark.random();
        mark.putInto(builder.environment());
        Process process = builder.start();
        ProcessGroup group = ProcessGroup.of(process.toHandle(), mark);
        running.started(id, group);
        try {
            return await(process, group, timeout);
        } finally {
            if (process.isAlive()) {
                group.endNow();
            }
            running.ended(id);
        }
    }

    private Result await(Process process, ProcessGroup group, Optional<Duration> timeout) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Thread errors = daemon(() -> log.copy(process.getErrorStream()));
        Thread outputs = daemon(() -> read(process.getInputStream(), output, group));
        boolean ended = true;
        if (timeout.isPresent()) {
            ended = process.waitFor(timeout.get().toMillis(), TimeUnit.MILLISECONDS);
        } else {
            process.waitFor();
        }
        if (!ended) {
            group.end();
        }
        outputs.join(ended ? 200 : 1);
        group.endNow();
        long lastOutputMillis = ended ? LAST_OUTPUT_MILLIS : LAST_OUTPUT_AFTER_TIMEOUT_MILLIS;
        outputs.join(lastOutputMillis);
        errors.join(lastOutputMillis);
        boolean allEnded = group.mark().canFindProcesses();
        if (!allEnded) {
            log.info(
                    "processes that left the step's process group may still run: this system has no /proc to find them");
        }
        if (!ended) {
            return Result.failed("timed out after " + timeout.get().toMillis() / 1000.0 + " s; the process and "
                    + (allEnded ? "all processes it started were ended" : "its process group were ended"));
        }
        return judge(process.waitFor(), output.toByteArray());
    }

    private Result judge(int exit, byte[] bytes) {
        if (bytes.length > MAX_OUTPUT_BYTES) {
            return Result.failed("standard output is longer than 1 MiB; it begins " + start(bytes));
        }
        if (bytes.length == 0 && exit == EXIT_NOT_FOUND) {
            return Result.failed(exitWords(exit) + "a command was not found" + seeLog());
        }
        if (bytes.length == 0 && exit == EXIT_NOT_EXECUTABLE) {
            return Result.failed(exitWords(exit) + "a command is not executable" + seeLog());
        }
        if (bytes.length == 0) {
            return Result.failed(exitWords(exit) + "standard output is empty; it must be exactly one JSON object"
                    + (exit == 0 ? "" : seeLog()));
        }
        Optional<ObjectNode> json = object(bytes);
        if (json.isEmpty()) {
            return Result.failed(
                    exitWords(exit) + "standard output is not exactly one JSON object; it begins " + start(bytes));
        }
        Result result = Result.of(json.get());
        if (exit != 0) {
            return Result.failed(exitWords(exit) + (result.succeeded() ? "the result is ignored" : result.reason()));
        }
        return result;
    }

    private static Optional<ObjectNode> object(byte[] bytes) {
        try {
            JsonNode json = StrictJson.MAPPER.readTree(bytes);
            return json.isObject() ? Optional.of((ObjectNode) json) : Optional.empty();
        } catch (IOException ignored) {
            return Optional.empty();
        }
    }

    private String seeLog() {
        return "; see " + log.file();
    }

    private static String exitWords(int exit) {
        return exit == 0 ? "" : "exit code " + exit + ": ";
    }

    private String start(byte[] bytes) {
        String text = secrets.hide(new String(bytes, StandardCharsets.UTF_8));
        String shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return "'" + shown.replace("\n", "\\n") + "'";
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "shell-step-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Reads standard output. A process that writes more than the limit is ended. */
    private static void read(InputStream in, ByteArrayOutputStream output, ProcessGroup group) {
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                output.write(buffer, 0, n);
                if (output.size() > MAX_OUTPUT_BYTES) {
                    group.endNow();
                    return;
                }
            }
        } catch (IOException ignored) {
            // the process was ended
        }
    }
}
