package dynoai.schemas.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * A secret in a file of one line.
 *
 * @param text the secret, without the white space around it
 * @param created whether the file was created now
 */
public record SecretFile(String text, boolean created) {
    public static final int MIN_CHARACTERS = 16;
    private static final int RANDOM_BYTES = 24;
    private static final int MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** Reads the secret in a file. Creates a missing file with a random secret that only its owner can read. */
    public static SecretFile readOrCreate(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            String secret = HexFormat.of().formatHex(random);
            try {
                create(file, secret);
                return new SecretFile(secret, true);
            } catch (FileAlreadyExistsException ignored) {
                // another process created it at the same time; its secret is the one
            }
        }
        return read(file);
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

    private static void create(Path file, String secret) throws IOException {
        Files.createDirectories(AtomicFile.folderOf(file));
        byte[] line = (secret + "\n").getBytes(StandardCharsets.UTF_8);
        if (Files.getFileAttributeView(AtomicFile.folderOf(file), PosixFileAttributeView.class) == null) {
            Files.write(file, line, StandardOpenOption.CREATE_NEW);
            return;
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(file, line);
    }
}
