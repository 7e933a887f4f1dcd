package dynoai.schemas.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for HMAC-SHA256. That of an installation is in the log store, which ingests and exporters share, and which is outside the
 * drop folder and the topics.
 */
public final class HmacKey {
    /** The key's file in the log store. */
    public static final String FILE = "claim.key";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public HmacKey(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Reads the key of a store, and makes one if the store has none. */
    public static HmacKey ofStore(Path store) throws IOException {
        return new HmacKey(SecretFile.readOrCreate(store.resolve(FILE)).text());
    }

    /** Returns the key of a store that has one. */
    public static Optional<HmacKey> findInStore(Path store) throws IOException {
        Path file = store.resolve(FILE);
        return Files.exists(file)
                ? Optional.of(new HmacKey(SecretFile.read(file).text()))
                : Optional.empty();
    }

    public byte[] sign(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
