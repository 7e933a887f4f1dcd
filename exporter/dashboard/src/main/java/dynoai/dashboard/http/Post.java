package dynoai.dashboard.http;

/**
 * A POST whose sender may change something, before its body is received.
 *
 * @param contentType in lower case, without parameters; empty if it is missing
 * @param length of the body
 * @param sender address of the client, and the id of its credential or a part of the token's hash if there is one
 */
public record Post(Request request, String contentType, long length, String sender) {

    /** @throws HttpException with status 415 or 413 */
    public void check(String type, long maxBytes) throws HttpException {
        if (!contentType.equals(type)) {
            throw HttpException.of(415, "the Content-Type must be " + type);
        }
        if (length > maxBytes) {
            throw HttpException.of(413, "the body has " + length + " bytes; at most " + maxBytes + " are accepted");
        }
    }
}
