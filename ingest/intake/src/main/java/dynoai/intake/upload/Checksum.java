package dynoai.intake.upload;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.RequestException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The checksum that a client sent with the body of a request. */
public final class Checksum {
    /** The names in the protocol and those of the platform. */
    private static final Map<String, String> ALGORITHMS = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    private final MessageDigest digest;
    private final byte[] expected;

    private Checksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    /** Reads a header {@code Upload-Checksum}. */
    public static Checksum parse(String header) throws RequestException {
        int space = header.indexOf(' ');
        String algorithm = ALGORITHMS.get(space < 0 ? header : header.substring(0, space));
        if (algorithm == null) {
            throw new RequestException(
                    ErrorCode.INVALID_REQUEST, "the checksum's algorithm is not supported", "use sha1 or sha256");
        }
        try {
            return new Checksum(
                    MessageDigest.getInstance(algorithm),
                    Base64.getDecoder().decode(header.substring(space + 1).trim()));
        } catch (IllegalArgumentException e) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, "the checksum is not Base64");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void update(ByteBuffer part) {
        digest.update(part.duplicate());
    }

    boolean matches() {
        return MessageDigest.isEqual(digest.digest(), expected);
    }
}
