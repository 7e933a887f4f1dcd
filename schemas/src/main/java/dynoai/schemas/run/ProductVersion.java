package dynoai.schemas.run;

/** The version in manifests, metadata and {@code dynoai --version}. */
public final class ProductVersion {
    /** The version of the root pom, which a test compares. */
    public static final String VERSION = "1.1.0-SNAPSHOT";

    private ProductVersion() {}
}
