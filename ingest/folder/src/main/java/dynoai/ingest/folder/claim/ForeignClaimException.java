package dynoai.ingest.folder.claim;

/** Thrown for a claim in the work folder that this installation did not make. It is not followed and stays as it is. */
public final class ForeignClaimException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    ForeignClaimException(String why) {
        super(why);
        this.why = why;
    }

    /** Why the claim is not followed. */
    public String why() {
        return why;
    }
}
