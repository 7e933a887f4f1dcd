package dynoai.app;

import java.io.IOException;
import java.io.PrintStream;

/** Keeps standard output for results: what steps print while they run goes to standard error. */
final class OutputGuard {
    /** Work that runs steps. */
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    private OutputGuard() {}

    static <T> T guard(Work<T> work) throws IOException, InterruptedException {
        PrintStream before = System.out;
        System.setOut(System.err);
        try {
            return work.run();
        } finally {
            System.setOut(before);
        }
    }
}
