package dynoai.exporter.manifest;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Formats times for manifests: ISO 8601 in UTC with milliseconds and {@code Z}. */
public final class UtcTime {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private UtcTime() {}

    /** Returns for example {@code 2026-03-01T09:30:00.250Z}, truncated to milliseconds. */
    public static String format(Instant instant) {
        LocalDateTime at = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(24);
        digits(text, at.getYear(), 1000);
        digits(text.append('-'), at.getMonthValue(), 10);
        digits(text.append('-'), at.getDayOfMonth(), 10);
        digits(text.append('T'), at.getHour(), 10);
        digits(text.append(':'), at.getMinute(), 10);
        digits(text.append(':'), at.getSecond(), 10);
        digits(text.append('.'), at.getNano() / NANOS_PER_MILLI, 100);
        return text.append('Z').toString();
    }

    private static void digits(StringBuilder text, int number, int highestUnit) {
        for (int unit = highestUnit; unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
    }
}
