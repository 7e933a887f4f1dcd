package dynoai.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void doubles_areShortestAndReadBackToTheSameDouble() throws Exception {
        // Given doubles of every size, those next to powers of two, and numbers of few digits
        List<Double> doubles = new ArrayList<>(Arrays.asList(
                0.0, -0.0, 1.0, 7.0, 0.1, 2e-3, 9.999e-4, 1e7, 9999999.0, 2.0E-3, Double.MIN_VALUE, 4.9E-323));
        Random seeded = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            double any = Double.longBitsToDouble(seeded.nextLong());
            if (Double.isFinite(any)) {
                doubles.add(any);
            }
            doubles.add(seeded.nextInt(100_000) / 1000.0);
            doubles.add(Math.scalb(1.0, seeded.nextInt(600) - 300));
        }
        boolean shortestHere = Runtime.version().feature() >= 19;
        for (double value : doubles) {
            // When
            String text = Json.shortest(value);
            // Then
            assertThat(Double.doubleToRawLongBits(Double.parseDouble(text)))
                    .isEqualTo(Double.doubleToRawLongBits(value));
            assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(value)));
            if (shortestHere) {
                assertThat(text).isEqualTo(Double.toString(value));
            }
        }
    }

    @Test
    void numbersKnownToBeTooLongBeforeJdk19_areShortest() {
        // When
        String text = Json.shortest(2.0E-3) + " " + Json.shortest(2.2250738585072014E-308) + " " + Json.shortest(2e23);
        // Then older JDKs write 2.0E23 as 2.0000000000000003E23 or the like
        assertThat(text).isEqualTo("0.002 2.2250738585072014E-308 2.0E23");
    }

    @Test
    void canonical_sortsMembersAtEveryDepthAndHasNoWhiteSpace() {
        // Given
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("z", 1);
        inner.put("a", List.of(true, "x\"\n°"));
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("b", inner);
        value.put("a", 0.5);
        value.put("B", null);
        // When
        String text = new String(Json.canonical(value), StandardCharsets.UTF_8);
        // Then
        assertThat(text).isEqualTo("{\"B\":null,\"a\":0.5,\"b\":{\"a\":[true,\"x\\\"\\n°\"],\"z\":1}}");
    }

    @Test
    void written_isReadBackEqual() throws Exception {
        // Given
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("whole", 12L);
        value.put("number", 7.0);
        value.put("text", "Grüße");
        value.put("nothing", null);
        value.put("list", List.of(List.of(1L, 2L), List.of()));
        // When
        Object read = Json.read(Json.write(value));
        // Then
        assertThat(read).isEqualTo(value);
    }

    @Test
    void readable_hasOneMemberOnALineAndLfEverywhere() {
        // Given
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("a", List.of(1, 2));
        value.put("b", Map.of("c", "d"));
        // When
        String text = new String(Json.write(value), StandardCharsets.UTF_8);
        // Then
        assertThat(text).isEqualTo("{\n  \"a\": [ 1, 2 ],\n  \"b\": {\n    \"c\": \"d\"\n  }\n}\n");
    }

    @Test
    void brokenJson_isAnIoException() {
        // When / Then
        for (String broken :
                List.of("", "{", "[1,", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "nul", "1e", "[".repeat(5000))) {
            assertThatThrownBy(() -> Json.read(broken.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void nan_isRejected() {
        // When / Then
        assertThatThrownBy(() -> Json.write(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int digits(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.signum() == 0 ? 1 : value.stripTrailingZeros().precision();
    }
}
