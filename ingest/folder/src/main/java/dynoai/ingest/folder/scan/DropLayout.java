package dynoai.ingest.folder.scan;

import dynoai.schemas.record.RunKey;
import java.util.List;
import java.util.Locale;

/** What the folders of a drop folder name, from the outermost. Logs may be in any of them. */
public enum DropLayout {
    /** Logs of several shops: {@code shop/cell/bike/LOG}. */
    SHOPS(Level.SHOP, Level.CELL, Level.BIKE),
    /** Logs of one shop: {@code cell/bike/LOG}. */
    CELLS(Level.CELL, Level.BIKE);

    private final List<Level> levels;

    DropLayout(Level... levels) {
        this.levels = List.of(levels);
    }

    /** What the name of a folder says. */
    enum Level {
        SHOP,
        CELL,
        BIKE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The shop, the cell and the bike of the logs in a folder.
     *
     * @param bike empty in a folder above those of bikes
     */
    record Place(String shop, String cell, String bike) {
        static final Place ROOT = new Place(RunKey.LOCAL_SHOP, FolderScan.DEFAULT_CELL, "");

        Place folder(Level level, String name) {
            return switch (level) {
                case SHOP -> new Place(name, cell, bike);
                case CELL -> new Place(shop, name, bike);
                case BIKE -> new Place(shop, cell, name);
            };
        }
    }

    List<Level> levels() {
        return levels;
    }

    /** The deepest place of a log, in words. */
    String deepest() {
        StringBuilder path = new StringBuilder();
        levels.forEach(level -> path.append(level.word()).append('/'));
        return path.append("LOG").toString();
    }

    /** Whether logs in these folders, from the outermost, are of this shop and cell. */
    public boolean isPlaceOf(List<String> folders, String shop, String cell) {
        if (folders.size() > levels.size()) {
            return false;
        }
        Place place = Place.ROOT;
        for (int depth = 0; depth < folders.size(); depth++) {
            place = place.folder(levels.get(depth), folders.get(depth));
        }
        return place.shop().equals(shop) && place.cell().equals(cell);
    }
}
