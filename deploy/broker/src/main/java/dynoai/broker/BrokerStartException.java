package dynoai.broker;

/** The embedded broker cannot start; the message is for the user. */
public final class BrokerStartException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message) {
        super(message);
    }

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
