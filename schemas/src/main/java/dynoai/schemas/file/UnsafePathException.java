package dynoai.schemas.file;

/** A path from outside that leaves the folder it must be in. */
public final class UnsafePathException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsafePathException(String path, String why) {
        super("the path '" + path + "' is refused: " + why);
    }
}
