package dynoai.schemas.access;

import dynoai.schemas.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bearer token, written {@code dyn_{id}_{secret}}. Only the id may be logged. The secret is random, so a plain hash of it
 * is stored.
 *
 * @param id {@value #ID_CHARACTERS} lower-case letters and digits
 * @param secret {@value #SECRET_BYTES} random bytes in Base64 for URLs
 */
public record Token(String id, String secret) {
    private static final int ID_CHARACTERS = 12;
    private static final int SECRET_BYTES = 32;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern FORM = Pattern.compile("dyn_([a-z0-9]{12})_([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Returns a new token. */
    public static Token fresh() {
        StringBuilder id = new StringBuilder(ID_CHARACTERS);
        for (int i = 0; i < ID_CHARACTERS; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new Token(id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Reads a token; empty if the text is not a token. */
    public static Optional<Token> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new Token(form.group(1), form.group(2))) : Optional.empty();
    }

    /** The hash of the secret, as it is stored. */
    public String secretSha256() {
        return Sha256.hex(secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** The token as it is sent. */
    public String text() {
        return "dyn_" + id + '_' + secret;
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "dyn_" + id + "_…";
    }
}
