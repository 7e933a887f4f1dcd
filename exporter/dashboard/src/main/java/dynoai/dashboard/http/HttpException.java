package dynoai.dashboard.http;

/** A request that is answered with an error status and a message. */
public final class HttpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String allow;

    HttpException(int status, String message) {
        this(status, message, "");
    }

    private HttpException(int status, String message, String allow) {
        super(message);
        this.status = status;
        this.allow = allow;
    }

    public static HttpException of(int status, String message) {
        return new HttpException(status, message);
    }

    public static HttpException notFound(String message) {
        return new HttpException(404, message);
    }

    public static HttpException badRequest(String message) {
        return new HttpException(400, message);
    }

    /** @param methods those that are allowed, separated by commas */
    public static HttpException notAllowed(String methods) {
        return new HttpException(
                405,
                "only " + methods.replace(", ", " and ") + (methods.contains(",") ? " are" : " is") + " allowed",
                methods);
    }

    int status() {
        return status;
    }

    /** Returns the value of the Allow header; empty for none. */
    String allow() {
        return allow;
    }
}
