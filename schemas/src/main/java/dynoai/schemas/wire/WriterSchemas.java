package dynoai.schemas.wire;

/** Where a reader looks up schemas that are not in its own jar. */
public interface WriterSchemas {
    /**
     * The schema, as JSON, whose parsing canonical form has this fingerprint.
     *
     * @throws UnknownSchemaException when it cannot be had in time
     */
    String json(long fingerprint);

    /** Knows none: for a reader that meets only its own version. */
    static WriterSchemas none() {
        return fingerprint -> {
            throw new UnknownSchemaException(
                    fingerprint,
                    "a record was written with the unknown schema " + UnknownSchemaException.text(fingerprint));
        };
    }
}
