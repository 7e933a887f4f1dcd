package dynoai.dashboard.http;

/** A request that is answered with an error status and a message. */
public final class HttpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    public static HttpException notFound(String message) {
        return new HttpException(404, message);
    }

    public static HttpException badRequest(String message) {
        return new HttpException(400, message);
    }

    int status() {
        return status;
    }
}
