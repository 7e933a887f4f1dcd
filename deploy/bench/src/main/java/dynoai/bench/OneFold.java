package dynoai.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Runs one contender in its own JVM. {@code NAME THREADS LOG} runs it once, to measure a cold process. {@code NAME
 * THREADS} runs it on each log named on standard input and prints the nanoseconds.
 */
final class OneFold {
    private OneFold() {}

    public static void main(String[] args) throws Exception {
        try (Contender contender = Contender.named(args[0], Integer.parseInt(args[1]))) {
            if (args.length > 2) {
                contender.run(Path.of(args[2]));
            } else {
                serve(contender);
            }
        }
    }

    private static void serve(Contender contender) throws Exception {
        BufferedReader logs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String log = logs.readLine(); log != null; log = logs.readLine()) {
            long start = System.nanoTime();
            contender.run(Path.of(log));
            System.out.println(System.nanoTime() - start);
        }
    }
}
