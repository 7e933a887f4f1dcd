package dynoai.schemas.grid;

/** The two cylinders of a V-twin. */
public enum Cylinder {
    FRONT("Front"),
    REAR("Rear");

    private final String title;

    Cylinder(String title) {
        this.title = title;
    }

    /** The name in file names: {@code Front}, {@code Rear}. */
    public String title() {
        return title;
    }

    /** The name in JSON keys: {@code front}, {@code rear}. */
    public String key() {
        return this == FRONT ? "front" : "rear";
    }
}
