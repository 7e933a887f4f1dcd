package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.fail;

import dynoai.ingest.log.text.CellNumber;
import dynoai.schemas.log.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten million strings, each read to the very double that the JDK's exact parser gives. */
@Tag("long")
class CellNumberTest {
    private static final int STRINGS = 10_000_000;

    private final Random random = new Random(20_251_218);
    private final CellNumber number = new CellNumber(false);
    private final byte[] cell = new byte[512];

    @Test
    void tenMillionStrings_areReadLikeTheJdk() {
        for (int i = 0; i < STRINGS; i++) {
            // Given
            String text = text(i);
            for (int c = 0; c < text.length(); c++) {
                cell[c] = (byte) text.charAt(c);
            }
            double wanted = Double.parseDouble(text);
            // When
            int kind = number.read(cell, 0, text.length());
            // Then
            boolean right = Double.isInfinite(wanted)
                    ? kind == CellNumber.NONE
                    : kind != CellNumber.NONE && same(number.value(), wanted) && packsTheSame(kind, wanted);
            if (!right) {
                fail("%s is %s, read as %s %s", text, wanted, kind, number.value());
            }
        }
    }

    @Test
    void otherText_isNotANumber() {
        for (String text : new String[] {
            "",
            " ",
            ".",
            "+",
            "-",
            "+.",
            "e5",
            "1e",
            "1e+",
            "1e-",
            "NaN",
            "Infinity",
            "inf",
            "0x10",
            "0x1p3",
            "12.5f",
            "12.5d",
            "1_000",
            "1,5",
            "1.2.3",
            "--1",
            "+-1",
            "1-",
            "1 2",
            "1e5.0",
            "n/a",
            "1e400",
            "-1e400",
            "٣"
        }) {
            // Given
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            // When
            int kind = number.read(bytes, 0, bytes.length);
            // Then
            if (kind != CellNumber.NONE) {
                fail("'%s' was read as %s", text, number.value());
            }
        }
    }

    private boolean packsTheSame(int kind, double wanted) {
        return kind != CellNumber.DECIMAL || same(Decimal.toDouble(number.packed()), wanted);
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    private String text(int i) {
        switch (i % 10) {
            case 0:
                return Double.toString(Double.longBitsToDouble(random.nextLong() & 0x7FDF_FFFF_FFFF_FFFFL));
            case 1:
                return tie();
            case 2:
                return digits(1 + random.nextInt(30)) + "." + digits(random.nextInt(30));
            case 3:
                return (random.nextBoolean() ? "-" : "+") + "." + digits(1 + random.nextInt(25));
            case 4:
                return digits(1 + random.nextInt(20)) + "e" + (random.nextInt(700) - 350);
            case 5:
                return Double.toString(Double.longBitsToDouble(random.nextLong() >>> 12 >>> random.nextInt(52)));
            case 6:
                return "0".repeat(random.nextInt(20)) + digits(random.nextInt(18)) + "0."
                        + "0".repeat(random.nextInt(25));
            default:
                return ordinary();
        }
    }

    private String ordinary() {
        String text = (random.nextInt(8) == 0 ? "-" : "") + random.nextInt(100_000);
        int decimals = random.nextInt(6);
        return decimals == 0 ? text : text + "." + digits(decimals);
    }

    /** Returns the digits halfway between two doubles, or one step from there. */
    private String tie() {
        long mantissa = (1L << 53) + (random.nextLong() >>> 11) | 1;
        String text = String.valueOf(mantissa + random.nextInt(3) - 1);
        int point = random.nextInt(text.length());
        return random.nextBoolean()
                ? text
                : text.substring(0, point) + "." + text.substring(point) + "e" + random.nextInt(5);
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }
}
