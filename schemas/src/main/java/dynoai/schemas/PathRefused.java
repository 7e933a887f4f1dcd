package dynoai.schemas;

/** A path from outside that leaves the folder it belongs in. */
public final class PathRefused extends Exception {
    private static final long serialVersionUID = 1L;

    PathRefused(String path, String why) {
        super("the path '" + path + "' is refused: " + why);
    }
}
