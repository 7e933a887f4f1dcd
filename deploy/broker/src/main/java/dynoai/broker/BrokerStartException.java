package dynoai.broker;

/** The embedded broker will not or cannot start here; the message is for the person who started it. */
public final class BrokerStartException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message) {
        super(message);
    }

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
