package dynoai.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    /** The published test vector for "abc". */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path temp;

    @Test
    void bytesFileAndPieces_haveTheSameHash() throws Exception {
        // Given
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(temp.resolve("abc"), abc);
        MessageDigest pieces = Sha256.digest();
        pieces.update(abc, 0, 1);
        pieces.update(abc, 1, 2);
        // When
        String ofPieces = Sha256.hex(pieces);
        // Then
        assertThat(ofPieces).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(abc)).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(file)).isEqualTo(OF_ABC);
    }
}
