package dynoai.app.console;

import java.io.IOException;
import java.io.PrintStream;

/** Redirects what steps print to standard error; standard output is for results. */
public final class OutputGuard {
    /** Work that runs steps. */
    public interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    private OutputGuard() {}

    public static <T> T guard(Work<T> work) throws IOException, InterruptedException {
        PrintStream before = System.out;
        System.setOut(System.err);
        try {
            return work.run();
        } finally {
            System.setOut(before);
        }
    }
}
