package dynoai.dashboard.http;

/** Why a request gets no answer: told to the one who asked, with a status. */
public final class NoSuchThing extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private NoSuchThing(int status, String message) {
        super(message);
        this.status = status;
    }

    public static NoSuchThing notFound(String what) {
        return new NoSuchThing(404, what);
    }

    public static NoSuchThing badRequest(String why) {
        return new NoSuchThing(400, why);
    }

    int status() {
        return status;
    }
}
