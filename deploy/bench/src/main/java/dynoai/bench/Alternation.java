package dynoai.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures contenders round-robin, one run each per round, so that a slow phase of the machine slows all of them. Each
 * contender has its own warmed-up process. All results are compared first.
 */
final class Alternation {
    private static final double WARM_UP_MILLIS = 2_000;
    private static final double MEASURE_MILLIS = 3_000;
    private static final int MIN_ROUNDS = 5;
    private static final int MAX_ROUNDS = 101;

    private final List<Contender> contenders;

    Alternation(List<Contender> contenders) {
        this.contenders = contenders;
    }

    List<Measured> measure(Path log, long rows) throws Exception {
        checkAnswers(log);
        List<WarmProcess> processes = new ArrayList<>();
        try {
            contenders.forEach(contender -> processes.add(WarmProcess.of(contender)));
            rounds(processes, log, WARM_UP_MILLIS, 1);
            List<List<Double>> times = rounds(processes, log, MEASURE_MILLIS, MIN_ROUNDS);
            List<Measured> measured = new ArrayList<>();
            for (WarmProcess process : processes) {
                measured.add(Measured.of(
                        process.title(),
                        rows,
                        times.get(measured.size()).stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
            }
            return measured;
        } finally {
            for (WarmProcess process : processes) {
                process.close();
            }
        }
    }

    /** Runs rounds until the average contender has used its time; returns the times of each contender. */
    private static List<List<Double>> rounds(List<WarmProcess> processes, Path log, double millisEach, int atLeast)
            throws IOException {
        List<List<Double>> times = new ArrayList<>();
        processes.forEach(process -> times.add(new ArrayList<>()));
        double spent = 0;
        for (int round = 0; round < MAX_ROUNDS && (round < atLeast || spent < millisEach * processes.size()); round++) {
            for (int i = 0; i < times.size(); i++) {
                double millis = processes.get(i).millis(log);
                times.get(i).add(millis);
                spent += millis;
            }
        }
        return times;
    }

    static String label(Contender contender) {
        return contender.threads() == 1
                ? contender.title()
                : contender.title() + ", " + contender.threads() + " threads";
    }

    private void checkAnswers(Path log) throws Exception {
        BenchResult first = null;
        for (Contender contender : contenders) {
            BenchResult answer = contender.run(log);
            if (answer == null) {
                continue;
            }
            if (first == null) {
                first = answer;
            }
            List<String> differences = first.differencesFrom(answer);
            if (!differences.isEmpty()) {
                throw new IllegalStateException(label(contender) + " gives another result than "
                        + label(contenders.get(0)) + ": "
                        + String.join("; ", differences.subList(0, Math.min(8, differences.size()))));
            }
        }
    }
}
