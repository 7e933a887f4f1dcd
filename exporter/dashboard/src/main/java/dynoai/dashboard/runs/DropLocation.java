package dynoai.dashboard.runs;

/**
 * Shop and cell of a log by its path in the drop folder: {@code LOG}, {@code shop/LOG} or {@code shop/cell/LOG}. A path of
 * another form is not in a drop folder.
 */
public record DropLocation(String shop, String cell) {
    public static final String DEFAULT_CELL = "default";

    /** @param shop the shop if the path has none */
    public static DropLocation of(String path, String shop) {
        String[] parts = path.split("/", -1);
        if (path.startsWith("/") || path.contains("\\") || path.contains(":") || parts.length > 3) {
            return new DropLocation(shop, DEFAULT_CELL);
        }
        return new DropLocation(parts.length > 1 ? parts[0] : shop, parts.length > 2 ? parts[1] : DEFAULT_CELL);
    }
}
