package dynoai.analyzer.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores' files on this machine. They are a copy of what Kafka has: a task's that cannot be opened are deleted, and the
 * thread that takes the task over makes them again.
 */
final class LocalState {
    private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);
    /** A task's folder, as Kafka Streams names it, in the path of a store that cannot be opened; no folder further up. */
    private static final Pattern TASK =
            Pattern.compile(Pattern.quote(AnalyzerSettings.APPLICATION_ID) + "[/\\\\](\\d+_\\d+)[/\\\\]");

    private final Path folder;

    LocalState(Path stateDirectory) {
        folder = stateDirectory.resolve(AnalyzerSettings.APPLICATION_ID);
    }

    /**
     * Deletes the files of the task whose store could not be opened, if that is what was thrown.
     *
     * @return whether there is less in the way now
     */
    boolean discardIfBroken(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProcessorStateException broken) {
                return task(broken).filter(this::discard).isPresent();
            }
        }
        return false;
    }

    private static Optional<String> task(ProcessorStateException broken) {
        if (broken.taskId().isPresent()) {
            return broken.taskId().map(Object::toString);
        }
        Matcher matcher = TASK.matcher(String.valueOf(broken.getMessage()));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private boolean discard(String task) {
        Path files = folder.resolve(task);
        if (!Files.isDirectory(files)) {
            return false;
        }
        try {
            Utils.delete(files.toFile());
            LOG.warn("the stores of task {} cannot be used; they are made again from Kafka", task);
            return true;
        } catch (IOException stays) {
            LOG.warn("the stores of task {} cannot be used, nor deleted", task, stays);
            return false;
        }
    }
}
