package dynoai.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One contender in a JVM of its own: {@code NAME THREADS LOG} runs it once, so that a cold start is measured as a process;
 * {@code NAME THREADS} runs it on each log named on a line of standard input and answers with the nanoseconds it took.
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
