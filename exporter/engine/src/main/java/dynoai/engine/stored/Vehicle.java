package dynoai.engine.stored;

/** Names the vehicle of a run: the folder of its log, else the name of its base table. */
public final class Vehicle {
    private static final String UNNAMED = "default";

    private Vehicle() {}

    /**
     * @param input path of the log, possibly of another operating system
     * @param base path of the base table; empty without one
     */
    public static String of(String input, String base) {
        String[] parts = parts(input);
        if (parts.length > 1 && !parts[parts.length - 2].isEmpty()) {
            return parts[parts.length - 2];
        }
        String name = fileName(base);
        int dot = name.lastIndexOf('.');
        String bare = dot > 0 ? name.substring(0, dot) : name;
        return bare.isEmpty() ? UNNAMED : bare;
    }

    static String fileName(String path) {
        String[] parts = parts(path);
        return parts.length == 0 ? "" : parts[parts.length - 1];
    }

    private static String[] parts(String path) {
        return path.replace('\\', '/').split("/", -1);
    }
}
