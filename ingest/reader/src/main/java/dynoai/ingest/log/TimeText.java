package dynoai.ingest.log;

import dynoai.ingest.log.text.AsciiText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a time that is not a plain number: {@code h:m:s} with a fraction, or ISO 8601 with a date. */
final class TimeText {
    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2}(?:[.,][0-9]{1,9})?)");
    private static final Pattern DATE_AND_CLOCK =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9:]+(?:[.,][0-9]{1,9})?)(Z|[+-][0-9]{2}:?[0-9]{2})?");

    private TimeText() {}

    /** Returns seconds, or NaN if the cell is not a time. Dates count from 1970; without a zone they are UTC. */
    static double seconds(byte[] bytes, int from, int to) {
        if (to - from > 64) {
            return Double.NaN;
        }
        String text = AsciiText.trim(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            return Integer.parseInt(clock.group(1)) * 3600.0
                    + Integer.parseInt(clock.group(2)) * 60.0
                    + Double.parseDouble(clock.group(3).replace(',', '.'));
        }
        Matcher dated = DATE_AND_CLOCK.matcher(text);
        return dated.matches() ? dated(dated) : Double.NaN;
    }

    private static double dated(Matcher dated) {
        String local = dated.group(1) + "T" + dated.group(2).replace(',', '.');
        String zone = dated.group(3);
        try {
            OffsetDateTime time = zone == null
                    ? LocalDateTime.parse(local).atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.of(LocalDateTime.parse(local), ZoneOffset.of(zone));
            return time.toEpochSecond() + time.getNano() / 1e9;
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }
}
