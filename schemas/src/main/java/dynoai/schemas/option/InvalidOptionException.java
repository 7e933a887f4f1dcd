package dynoai.schemas.option;

/** Thrown for an unknown option, a value out of bounds or an invalid combination. */
public final class InvalidOptionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;

    InvalidOptionException(Option option, String given) {
        this(option.key(), "'" + given + "' is not a valid " + option.key() + ": it takes " + option.accepts());
    }

    public InvalidOptionException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The option's key, as given. */
    public String key() {
        return key;
    }
}
