package dynoai.schemas.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Run ids: the second of the start in UTC and six random hexadecimal digits. They sort by time. */
public final class RunId {
    private static final int MAX_LENGTH = 64;
    private static final Path SYSTEM_RANDOM = Path.of("/dev/urandom");

    private RunId() {}

    /** Returns a new id with a random part from the operating system. */
    public static String fresh(Instant began) {
        return of(began, random24());
    }

    /** Returns an id such as {@code 2026-03-01T09-30-00Z-00c0de} from 0x00c0de; only the lowest 24 bits are used. */
    public static String of(Instant began, int random) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(began.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder id = new StringBuilder(27);
        digits(id, at.getYear(), 4).append('-');
        digits(id, at.getMonthValue(), 2).append('-');
        digits(id, at.getDayOfMonth(), 2).append('T');
        digits(id, at.getHour(), 2).append('-');
        digits(id, at.getMinute(), 2).append('-');
        digits(id, at.getSecond(), 2).append("Z-");
        for (int shift = 20; shift >= 0; shift -= 4) {
            id.append(Character.forDigit(random >> shift & 0xf, 16));
        }
        return id.toString();
    }

    /** Whether a name is valid for a run or shop: 1 to 64 letters, digits, '.', '_' or '-', no leading '.'. */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH || name.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '.'
                    || c == '_'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        for (int unit = (int) Math.pow(10, width - 1); unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
        return text;
    }

    /** Reads from the system's device, which starts faster than a seeded generator. */
    private static int random24() {
        byte[] bytes = new byte[3];
        try (InputStream device = Files.newInputStream(SYSTEM_RANDOM)) {
            if (device.readNBytes(bytes, 0, 3) == 3) {
                return toInt(bytes);
            }
        } catch (IOException ignored) { // no such device: the platform's generator is used
        }
        new SecureRandom().nextBytes(bytes);
        return toInt(bytes);
    }

    private static int toInt(byte[] bytes) {
        return (bytes[0] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | bytes[2] & 0xff;
    }
}
