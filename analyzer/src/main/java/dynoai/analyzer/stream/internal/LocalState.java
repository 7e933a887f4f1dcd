package dynoai.analyzer.stream.internal;

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
 * Deletes the local stores of a task that cannot be opened; Kafka Streams then restores them from their changelogs.
 *
 * <p>Streams does that by itself only for a wrong open or closed mark (KAFKA-20396), not for damaged RocksDB files. Since
 * KIP-1035 it opens stores in {@code KafkaStreams.start}, where {@code StreamsException.taskId} (KIP-783) stays empty, so the
 * task is taken from the message's path. No issue was found upstream for either.
 *
 * <p>Remove when Streams restores a store that cannot be opened; read {@code taskId} alone when it is set at start. {@code
 * BrokenStoreTest} fails then.
 */
public final class LocalState {
    private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);

    private final Path folder;
    private final Pattern taskFolder;

    public LocalState(Path stateDirectory, String application) {
        folder = stateDirectory.resolve(application);
        taskFolder = Pattern.compile(Pattern.quote(application) + "[/\\\\](\\d+_\\d+)[/\\\\]");
    }

    /**
     * Deletes the stores of the task, if the failure is a store that cannot be opened.
     *
     * @return whether they were deleted
     */
    public boolean discardIfBroken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProcessorStateException broken) {
                return task(broken).filter(this::discard).isPresent();
            }
        }
        return false;
    }

    private Optional<String> task(ProcessorStateException broken) {
        if (broken.taskId().isPresent()) {
            return broken.taskId().map(Object::toString);
        }
        Matcher matcher = taskFolder.matcher(String.valueOf(broken.getMessage()));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private boolean discard(String task) {
        Path stores = folder.resolve(task);
        if (!Files.isDirectory(stores)) {
            return false;
        }
        try {
            Utils.delete(stores.toFile());
            LOG.warn("deleted the damaged stores of task {}; they are restored from Kafka", task);
            return true;
        } catch (IOException e) {
            LOG.warn("cannot delete the damaged stores of task {}", task, e);
            return false;
        }
    }
}
