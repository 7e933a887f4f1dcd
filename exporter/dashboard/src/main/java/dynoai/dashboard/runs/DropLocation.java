package dynoai.dashboard.runs;

/**
 * Whose a log is, from where it was dropped: {@code LOG}, {@code shop/LOG} or {@code shop/cell/LOG}. A path of another form
 * belongs to no drop folder.
 */
public record DropLocation(String shop, String cell) {
    public static final String DEFAULT_CELL = "default";

    /** @param shop the shop when the path does not tell */
    public static DropLocation of(String path, String shop) {
        String[] parts = path.split("/", -1);
        if (path.startsWith("/") || path.contains("\\") || path.contains(":") || parts.length > 3) {
            return new DropLocation(shop, DEFAULT_CELL);
        }
        return new DropLocation(parts.length > 1 ? parts[0] : shop, parts.length > 2 ? parts[1] : DEFAULT_CELL);
    }
}
