package dynoai.schemas.file;

/** Thrown when a path from outside is not valid or leaves its root folder. */
public final class UnsafePathException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnsafePathException(String path, String why) {
        super("the path '" + path + "' is not allowed: " + why);
    }
}
