package dynoai.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("lock");
    }

    /** Runs in another process: holds the lock given as argument until its input ends. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            LockFile lock = LockFile.acquire(Path.of(arguments[0]));
            System.out.println("held");
            System.in.read();
            lock.close();
        }
    }

    @Test
    void secondThread_isRejectedWithTheHolder() throws IOException {
        // Given
        LockFile held = LockFile.acquire(file);
        // When
        LockFile.HeldException refused =
                catchThrowableOfType(LockFile.HeldException.class, () -> LockFile.acquire(file));
        // Then
        assertThat(refused.holder())
                .startsWith("process " + ProcessHandle.current().pid());
        held.close();
    }

    @Test
    void releasedLock_isAcquiredAgain() throws IOException {
        // Given
        LockFile.acquire(file).close();
        // When
        LockFile second = LockFile.acquire(file);
        // Then
        assertThat(file).exists();
        second.close();
    }

    @Test
    void lockOfAnotherProcess_isHeldUntilItIsKilled() throws Exception {
        // Given
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        holder.inputReader().readLine();
        // When
        LockFile.HeldException refused =
                catchThrowableOfType(LockFile.HeldException.class, () -> LockFile.acquire(file));
        holder.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        // Then
        assertThat(refused.holder()).startsWith("process " + holder.pid() + " on ");
        LockFile.acquire(file).close();
    }
}
