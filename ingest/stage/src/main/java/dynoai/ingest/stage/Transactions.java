package dynoai.ingest.stage;

import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.DeadLetter;
import dynoai.schemas.topic.Topic;
import dynoai.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Sends records in transactions. Of no further use after a failure. */
final class Transactions {
    private final Producer<String, byte[]> producer;
    private final Namespace namespace;
    private final CommitGuard guard;
    private final Queue<DeadLetter> deadLetters = new ArrayDeque<>();

    Transactions(Producer<String, byte[]> producer, Namespace namespace, CommitGuard guard) {
        this.guard = guard;
        this.namespace = namespace;
        this.producer = producer;
    }

    /** Sends the records of one transaction. */
    interface Body<E extends Exception> {
        void send() throws E;
    }

    /**
     * Runs a transaction, and aborts it on a failure of the body. After a failure of Kafka the producer of the next connection
     * aborts it: to wait for that here would only delay the next connection.
     */
    <E extends Exception> void run(String action, Body<E> body) throws E, TransportUnavailableException {
        run(action, body, CommitGuard.NONE);
    }

    /** Runs a transaction that decides about a log, which only the process that the guard lets commit may do. */
    <E extends Exception> void runGuarded(String action, Body<E> body) throws E, TransportUnavailableException {
        run(action, body, guard);
    }

    private <E extends Exception> void run(String action, Body<E> body, CommitGuard checked)
            throws E, TransportUnavailableException {
        boolean ended = false;
        try {
            producer.beginTransaction();
            body.send();
            commit(checked);
            ended = true;
        } catch (KafkaException e) {
            ended = true;
            producer.close(Duration.ZERO);
            throw unavailable(action, e);
        } finally {
            if (!ended) {
                abort();
            }
        }
    }

    /** Keeps a dead letter for the next {@link #sendDeadLetters}. */
    void keep(DeadLetter letter) {
        deadLetters.add(letter);
    }

    /** Sends the dead letters since the last call. Those of a lost connection are found again by the next one. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void sendDeadLetters() throws TransportUnavailableException {
        if (!deadLetters.isEmpty()) {
            run("sending dead letters", () -> deadLetters.forEach(letter -> producer.send(letter.letter(namespace))));
            deadLetters.clear();
        }
    }

    /** Commits what was sent so far of a run and continues in a new transaction. */
    void split() {
        commit(guard);
        producer.beginTransaction();
    }

    private void commit(CommitGuard checked) {
        checked.commit().ifPresent(commit -> producer.sendOffsetsToTransaction(commit.offsets(), commit.group()));
        producer.commitTransaction();
    }

    <T> void send(Topic<T> topic, String key, T message) {
        sendEncoded(topic, key, topic.format().encode(message));
    }

    /** Sends a record whose failure the commit reports; a null value deletes the key of a compacted topic. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void sendEncoded(Topic<?> topic, String key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic.in(namespace), key, value));
    }

    /** Sends a record whose position is needed. */
    Future<RecordMetadata> sendTracked(Topic<?> topic, String key, byte @Nullable [] value) {
        return producer.send(new ProducerRecord<>(topic.in(namespace), key, value));
    }

    /** Sends a record to a partition; the future has its position. */
    Future<RecordMetadata> sendTracked(Topic<?> topic, int partition, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(topic.in(namespace), partition, key, value));
    }

    RunLogPartitions runLogPartitions() throws TransportUnavailableException {
        String topic = Topics.RUN_LOG.in(namespace);
        try {
            return new RunLogPartitions(producer.partitionsFor(topic).size());
        } catch (KafkaException e) {
            throw unavailable("looking up the partitions of " + topic, e);
        }
    }

    /** Waits until everything sent so far is acknowledged. */
    RecordMetadata flush(Future<RecordMetadata> last) {
        producer.flush();
        return position(last);
    }

    /** Returns where an acknowledged record is. */
    static RecordMetadata position(Future<RecordMetadata> acknowledged) {
        try {
            return acknowledged.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException ignored) {
            // The next producer with this transactional id aborts the open transaction.
            producer.close(Duration.ZERO);
        }
    }

    static TransportUnavailableException unavailable(String action, Exception cause) {
        return new TransportUnavailableException(action + ": " + cause, cause);
    }
}
