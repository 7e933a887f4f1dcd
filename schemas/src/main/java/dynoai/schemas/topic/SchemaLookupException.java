package dynoai.schemas.topic;

import org.apache.kafka.common.KafkaException;

/** Thrown when the published schemas cannot be read, so that it is open whether a schema exists. A transient failure. */
public final class SchemaLookupException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public SchemaLookupException(String message) {
        super(message);
    }

    public SchemaLookupException(String message, Throwable cause) {
        super(message, cause);
    }
}
