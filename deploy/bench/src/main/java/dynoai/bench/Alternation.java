package dynoai.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures contenders in turn, one run each and round again, so that a machine that slows down slows all of them. Warms up
 * first, and checks in that first round that all who answer give the same answer.
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
        double warm = 0;
        for (int round = 0; round < MAX_ROUNDS && (round < 1 || warm < WARM_UP_MILLIS * contenders.size()); round++) {
            for (Contender contender : contenders) {
                warm += millis(contender, log);
            }
        }
        List<List<Double>> times = new ArrayList<>();
        contenders.forEach(contender -> times.add(new ArrayList<>()));
        double spent = 0;
        for (int round = 0;
                round < MAX_ROUNDS && (round < MIN_ROUNDS || spent < MEASURE_MILLIS * contenders.size());
                round++) {
            for (int i = 0; i < contenders.size(); i++) {
                double millis = millis(contenders.get(i), log);
                times.get(i).add(millis);
                spent += millis;
            }
        }
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            double[] millis =
                    times.get(i).stream().mapToDouble(Double::doubleValue).toArray();
            measured.add(Measured.of(label(contenders.get(i)), rows, millis));
        }
        return measured;
    }

    static String label(Contender contender) {
        return contender.threads() == 1
                ? contender.title()
                : contender.title() + ", " + contender.threads() + " threads";
    }

    private void checkAnswers(Path log) throws Exception {
        Answer first = null;
        for (Contender contender : contenders) {
            Answer answer = contender.run(log);
            if (answer == null) {
                continue;
            }
            if (first == null) {
                first = answer;
            }
            List<String> differences = first.differencesFrom(answer);
            if (!differences.isEmpty()) {
                throw new IllegalStateException(label(contender) + " gives another answer than "
                        + label(contenders.get(0)) + ": "
                        + String.join("; ", differences.subList(0, Math.min(8, differences.size()))));
            }
        }
    }

    private static double millis(Contender contender, Path log) throws Exception {
        long start = System.nanoTime();
        contender.run(log);
        return (System.nanoTime() - start) / 1e6;
    }
}
