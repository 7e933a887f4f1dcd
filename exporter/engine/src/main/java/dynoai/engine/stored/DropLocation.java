package dynoai.engine.stored;

/**
 * Shop, cell and bike of a log by its path in the drop folder: {@code LOG}, {@code shop/LOG}, {@code shop/cell/LOG} or
 * {@code shop/cell/bike/LOG}. A path of another form is not in a drop folder.
 *
 * @param bike empty if the path has none
 */
public record DropLocation(String shop, String cell, String bike) {
    public static final String DEFAULT_CELL = "default";

    private static final int MAX_PARTS = 4;

    /** @param shop the shop if the path has none */
    public static DropLocation of(String path, String shop) {
        String[] parts = path.split("/", -1);
        if (path.startsWith("/") || path.contains("\\") || path.contains(":") || parts.length > MAX_PARTS) {
            return new DropLocation(shop, DEFAULT_CELL, "");
        }
        return new DropLocation(
                parts.length > 1 ? parts[0] : shop,
                parts.length > 2 ? parts[1] : DEFAULT_CELL,
                parts.length == MAX_PARTS ? parts[2] : "");
    }
}
