package dynoai.broker;

/** The embedded broker will not or cannot start here; the message is for the person who started it. */
public final class BrokerRefused extends Exception {
    private static final long serialVersionUID = 1L;

    BrokerRefused(String message) {
        super(message);
    }

    BrokerRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
