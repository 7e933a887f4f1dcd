package dynoai.engine;

/** What was on the dyno, as far as a run tells: the folder that its log came from, else its base table's name. */
public final class Vehicle {
    private static final String UNNAMED = "default";

    private Vehicle() {}

    /**
     * @param input the log's path, which may come from another system
     * @param base the base table's path; empty when there was none
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
