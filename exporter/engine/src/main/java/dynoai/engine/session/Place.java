package dynoai.engine.session;

import dynoai.schemas.run.RunId;

/**
 * A bike on a dyno.
 *
 * @param bike empty for the logs of a cell that name none
 */
public record Place(String shop, String cell, String bike) {
    /**
     * Reads {@code SHOP/CELL} or {@code SHOP/CELL/BIKE}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Place parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("'" + text + "' is not SHOP/CELL or SHOP/CELL/BIKE");
        }
        for (String part : parts) {
            if (!RunId.isValid(part)) {
                throw new IllegalArgumentException("'" + part + "' is not a valid name");
            }
        }
        return new Place(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
    }

    @Override
    public String toString() {
        return shop + '/' + cell + (bike.isEmpty() ? "" : '/' + bike);
    }
}
