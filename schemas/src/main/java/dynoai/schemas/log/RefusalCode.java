package dynoai.schemas.log;

/** Why a log was refused as a whole. The names are part of the contract: they stand in reason files and metrics. */
public enum RefusalCode {
    EMPTY_LOG("empty log"),
    MISSING_COLUMNS("missing columns"),
    NOT_TEXT("not text"),
    UNIT_SUSPECT("unit suspect"),
    LINE_TOO_LONG("line too long"),
    TOO_MANY_COLUMNS("too many columns"),
    FILE_TOO_LARGE("file too large");

    private final String title;

    RefusalCode(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
