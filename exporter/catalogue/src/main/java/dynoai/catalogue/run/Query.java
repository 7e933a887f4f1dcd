package dynoai.catalogue.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A query for runs. Empty fields match all runs.
 *
 * @param words words that must all occur in the file name, run id, shop, cell, code or message
 * @param state a state, {@code in_flight} or {@code warning}
 * @param vehicle the vehicle on the dyno
 * @param period when the runs started
 */
public record Query(String words, String shop, String cell, String state, String vehicle, Period period) {
    public static final String IN_FLIGHT = "in_flight";
    public static final String WARNING = "warning";

    /** Matches all runs. */
    public static final Query ALL = new Query("", "", "", "", "", Period.ALWAYS);

    /**
     * A period of time.
     *
     * @param untilMillis its end, which is not part of it
     */
    public record Period(long fromMillis, long untilMillis) {
        public static final Period ALWAYS = new Period(0, Long.MAX_VALUE);

        boolean contains(long millis) {
            return this.equals(ALWAYS) || millis >= fromMillis && millis < untilMillis;
        }
    }

    /** Returns the same query for the runs of one shop; empty for all shops. */
    public Query in(String one) {
        return new Query(words, one, cell, state, vehicle, period);
    }

    /** Whether the word is a valid {@link #state}. */
    public static boolean isState(String word) {
        return List.of("", IN_FLIGHT, WARNING).contains(word)
                || Arrays.stream(RunState.values()).map(RunState::key).anyMatch(word::equals);
    }

    /** Returns the words in lower case. */
    public List<String> wordList() {
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    public boolean matches(RunLine line) {
        return (shop.isEmpty() || shop.equals(line.shop()))
                && (cell.isEmpty() || cell.equals(line.cell()))
                && (vehicle.isEmpty() || vehicle.equals(line.findings().vehicle()))
                && period.contains(line.startedMillis())
                && isInState(line)
                && hasWords(line);
    }

    private boolean isInState(RunLine line) {
        return switch (state) {
            case "" -> true;
            case IN_FLIGHT -> line.state().isInFlight();
            case WARNING -> line.isWarned();
            default -> line.state().key().equals(state);
        };
    }

    private boolean hasWords(RunLine line) {
        String text = searched(line);
        return wordList().stream().allMatch(text::contains);
    }

    /** Returns the text of a run that words are searched in. */
    public static String searched(RunLine line) {
        return String.join(
                        "\n",
                        line.file(),
                        line.runId(),
                        line.shop(),
                        line.cell(),
                        line.notice().code(),
                        line.notice().message())
                .toLowerCase(Locale.ROOT);
    }
}
