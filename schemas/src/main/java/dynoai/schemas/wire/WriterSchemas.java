package dynoai.schemas.wire;

/** Resolves schemas of other versions. */
public interface WriterSchemas {
    /**
     * Returns the schema of a fingerprint as JSON.
     *
     * @throws UnknownSchemaException if it is not published
     */
    String json(long fingerprint);

    /** Resolves no schema, for readers of their own version only. */
    static WriterSchemas none() {
        return fingerprint -> {
            throw new UnknownSchemaException(
                    fingerprint,
                    "a record was written with the unknown schema " + UnknownSchemaException.text(fingerprint));
        };
    }
}
