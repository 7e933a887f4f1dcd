package dynoai.schemas.grid;

/** The two cylinders of a V-twin. */
public enum Cylinder {
    FRONT("Front"),
    REAR("Rear");

    private final String title;

    Cylinder(String title) {
        this.title = title;
    }

    /** Its name in file names: {@code Front}, {@code Rear}. */
    public String title() {
        return title;
    }

    /** Its name in JSON keys: {@code front}, {@code rear}. */
    public String key() {
        return this == FRONT ? "front" : "rear";
    }
}
