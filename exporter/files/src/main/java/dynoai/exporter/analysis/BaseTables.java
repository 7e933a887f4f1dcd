package dynoai.exporter.analysis;

import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import org.jspecify.annotations.Nullable;

/** The VE tables, on the grid's bins, of which a run writes updated copies. None by default. */
public final class BaseTables {
    public static final BaseTables NONE = new BaseTables(null, null);

    private final @Nullable BaseTable front;
    private final @Nullable BaseTable rear;

    private BaseTables(@Nullable BaseTable front, @Nullable BaseTable rear) {
        this.front = front;
        this.rear = rear;
    }

    /** Reads one table for both cylinders. */
    public static BaseTables of(String frontName, byte[] front) throws InvalidTableException {
        return new BaseTables(BaseTable.read(frontName, front), null);
    }

    public static BaseTables of(String frontName, byte[] front, String rearName, byte[] rear)
            throws InvalidTableException {
        return new BaseTables(BaseTable.read(frontName, front), BaseTable.read(rearName, rear));
    }

    /** Returns the cylinder's table, which is the front's if the rear has none; null without base tables. */
    public @Nullable Grid of(Cylinder cylinder) {
        BaseTable table = used(cylinder);
        return table == null ? null : table.table();
    }

    /** Returns the hash of that table; null without base tables. */
    public @Nullable String sha256OfUsed(Cylinder cylinder) {
        BaseTable table = used(cylinder);
        return table == null ? null : table.sha256();
    }

    private @Nullable BaseTable used(Cylinder cylinder) {
        return cylinder == Cylinder.REAR && rear != null ? rear : front;
    }

    /** Returns the hash of the cylinder's own table; null without one. */
    public @Nullable String sha256(Cylinder cylinder) {
        BaseTable table = cylinder == Cylinder.REAR ? rear : front;
        return table == null ? null : table.sha256();
    }

    private record BaseTable(Grid table, String sha256) {
        static BaseTable read(String name, byte[] bytes) throws InvalidTableException {
            return new BaseTable(VeTable.read(name, bytes).toGrid(name), Sha256.hex(bytes));
        }
    }
}
