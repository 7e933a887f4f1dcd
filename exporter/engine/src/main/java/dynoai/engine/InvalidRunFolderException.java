package dynoai.engine;

/** Something that was given as a run folder or a manifest and is none. */
public final class InvalidRunFolderException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidRunFolderException(String message) {
        super(message);
    }
}
