package dynoai.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A limit of the age of logs, by the time of their last change. */
public record LogAge(String text, Duration limit) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([dhm])");

    /**
     * Reads an age in days, hours or minutes, such as {@code 7d}, {@code 12h} or {@code 30m}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static LogAge parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an age: a whole number of days, hours or minutes, as 7d, 12h or 30m");
        }
        long number = Long.parseLong(matcher.group(1));
        return new LogAge(
                text,
                switch (matcher.group(2)) {
                    case "d" -> Duration.ofDays(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofMinutes(number);
                });
    }

    /** Logs in the order given, divided by the limit. */
    public record Selection(List<Path> newer, List<Path> older) {}

    /**
     * Divides logs by whether they were changed within the limit.
     *
     * @throws NoSuchFileException if a log is missing, or none is newer
     */
    public Selection select(List<Path> logs, Instant now) throws IOException {
        List<Path> newer = new ArrayList<>();
        List<Path> older = new ArrayList<>();
        for (Path log : logs) {
            boolean within = Files.getLastModifiedTime(log).toInstant().isAfter(now.minus(limit));
            (within ? newer : older).add(log);
        }
        if (newer.isEmpty()) {
            throw new NoSuchFileException(
                    String.valueOf(older.get(0).toAbsolutePath().getParent()),
                    null,
                    "no log was changed within " + text + "; " + older.size() + " are older");
        }
        return new Selection(List.copyOf(newer), List.copyOf(older));
    }
}
