package dynoai.dashboard.http;

/** Why a request gets no answer: told to the one who asked, with a status. */
public final class HttpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    public static HttpException notFound(String what) {
        return new HttpException(404, what);
    }

    public static HttpException badRequest(String why) {
        return new HttpException(400, why);
    }

    int status() {
        return status;
    }
}
