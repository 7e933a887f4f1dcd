package dynoai.schemas.run;

/** The version of this product, as it stands in manifests, metadata and {@code dynoai --version}. */
public final class ProductVersion {
    /** The version of the root pom; a test holds the two together. */
    public static final String VERSION = "1.1.0-SNAPSHOT";

    private ProductVersion() {}
}
