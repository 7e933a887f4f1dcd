package dynoai.dashboard.board;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A query for a page of runs. Empty fields match all runs.
 *
 * @param words words that must all occur in the file name, run id, shop, cell, code or message
 * @param state a state, {@code in_flight} or {@code warning}
 * @param page from 1
 * @param size of a page, at most {@link #MAX_SIZE}
 */
public record Query(String words, String shop, String cell, String state, int page, int size) {
    public static final int MAX_SIZE = 200;
    public static final String IN_FLIGHT = "in_flight";
    public static final String WARNING = "warning";

    /** Whether the word is a valid {@link #state}. */
    public static boolean isState(String word) {
        return List.of("", IN_FLIGHT, WARNING).contains(word)
                || Arrays.stream(RunState.values()).map(RunState::key).anyMatch(word::equals);
    }

    boolean matches(RunLine line) {
        return (shop.isEmpty() || shop.equals(line.shop()))
                && (cell.isEmpty() || cell.equals(line.cell()))
                && isInState(line)
                && hasWords(line);
    }

    private boolean isInState(RunLine line) {
        return switch (state) {
            case "" -> true;
            case IN_FLIGHT -> line.state().isInFlight();
            case WARNING -> !line.notice().isEmpty() || line.findings().anomalies() > 0;
            default -> line.state().key().equals(state);
        };
    }

    private boolean hasWords(RunLine line) {
        String text = String.join(
                        "\n",
                        line.file(),
                        line.runId(),
                        line.shop(),
                        line.cell(),
                        line.notice().code(),
                        line.notice().message())
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
    }
}
