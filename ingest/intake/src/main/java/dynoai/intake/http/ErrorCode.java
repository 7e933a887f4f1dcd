package dynoai.intake.http;

/** Why a request failed. The names are part of the protocol: error bodies, audit lines and metrics carry them. */
public enum ErrorCode {
    INVALID_REQUEST(400),
    INVALID_NAME(400),
    INVALID_OPTION(400),
    DIGEST_REQUIRED(400),
    BODY_INCOMPLETE(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    REQUEST_TOO_SLOW(408),
    OFFSET_CONFLICT(409),
    RUN_ID_CONFLICT(409),
    ALREADY_ACCEPTED(409),
    UPLOAD_EXPIRED(410),
    LENGTH_REQUIRED(411),
    TUS_VERSION(412),
    TOO_LARGE(413),
    MEDIA_TYPE(415),
    HASH_MISMATCH(422),
    UPLOAD_BUSY(423),
    QUOTA_EXCEEDED(429),
    HEADERS_TOO_LARGE(431),
    CHECKSUM_MISMATCH(460),
    INTERNAL_ERROR(500),
    UNAVAILABLE(503),
    STORE_FULL(507);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Returns the code for a failure that the HTTP server found by itself. */
    static ErrorCode ofStatus(int status) {
        for (ErrorCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
    }
}
