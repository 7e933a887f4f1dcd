package dynoai.schemas.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A secret in a file of one line.
 *
 * @param text the secret, without the white space around it
 * @param created whether the file was created now
 */
public record SecretFile(String text, boolean created) {
    public static final int MIN_CHARACTERS = 16;
    public static final int SECRET_CHARACTERS = 64;
    private static final int MAX_BYTES = 4096;

    /** Reads the secret in a file. Creates a missing file with a random secret that only its owner can read. */
    public static SecretFile readOrCreate(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            String secret = newSecret();
            if (create(file, secret)) {
                return new SecretFile(secret, true);
            }
        }
        return read(file);
    }

    /** Returns a random secret of {@value #SECRET_CHARACTERS} hexadecimal digits. */
    public static String newSecret() {
        byte[] random = new byte[SECRET_CHARACTERS / 2];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Reads the secret in a file.
     *
     * @throws IOException also if the file is not a regular file or its secret is too short
     */
    public static SecretFile read(Path file) throws IOException {
        String secret = new String(SmallFile.read(file, MAX_BYTES), StandardCharsets.UTF_8).strip();
        if (secret.length() < MIN_CHARACTERS) {
            throw new IOException(file + " has no secret of at least " + MIN_CHARACTERS + " characters");
        }
        return new SecretFile(secret, false);
    }

    /**
     * Creates a file with a secret that only its owner can read. Other processes see no file or the whole one.
     *
     * @return false if there is a file already, which another process may have created at the same time
     */
    public static boolean create(Path file, String secret) throws IOException {
        Path folder = Files.createDirectories(AtomicFile.folderOf(file));
        Path written = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            Files.writeString(written, secret + "\n");
            AtomicFile.placeUnlessExists(written, file);
            AtomicFile.syncFolder(folder);
            return true;
        } catch (FileAlreadyExistsException ignored) {
            return false;
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
