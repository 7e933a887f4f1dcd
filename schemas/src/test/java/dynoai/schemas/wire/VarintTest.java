package dynoai.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Compares numbers of every length with Avro's own encoder. */
class VarintTest {
    @Test
    void numbersOfEveryLength_areWrittenAsAvroWritesThem() throws Exception {
        // Given
        long[] values = aroundEveryLength();
        // When
        BinaryOutput out = new BinaryOutput(1);
        for (long value : values) {
            out.writeLong(value);
        }
        // Then
        assertThat(out.toByteArray()).isEqualTo(byAvro(values));
    }

    @Test
    void differencesOfEveryLength_readBackAsDoubles() throws Exception {
        // Given
        long[] values = aroundEveryLength();
        for (int count = 0; count <= values.length; count++) {
            BinaryOutput out = new BinaryOutput(1);
            out.writeDeltas(values, count);
            // When
            BinaryInput in = new BinaryInput(out.toByteArray());
            double[] read = new double[count];
            boolean exact = in.readDeltas(read, count);
            in.expectEnd();
            // Then
            assertThat(read).isEqualTo(asDoubles(Arrays.copyOf(values, count)));
            assertThat(exact).isEqualTo(isExact(values, count));
        }
    }

    @Test
    void differencesInRunsOfOneLength_areWrittenAsAvroWritesThem() throws Exception {
        // Given
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            long[] deltas = inRunsOfOneLength(random, random.nextInt(200));
            long[] values = new long[deltas.length];
            long sum = 0;
            for (int i = 0; i < deltas.length; i++) {
                sum += deltas[i];
                values[i] = sum;
            }
            // When
            BinaryOutput out = new BinaryOutput(1);
            out.writeDeltas(values, values.length);
            double[] read = new double[values.length];
            BinaryInput in = new BinaryInput(out.toByteArray());
            boolean exact = in.readDeltas(read, read.length);
            in.expectEnd();
            // Then
            assertThat(read).isEqualTo(asDoubles(values));
            assertThat(exact).isEqualTo(isExact(values, values.length));
            assertThat(out.toByteArray()).isEqualTo(arrayByAvro(deltas));
        }
    }

    private static double[] asDoubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private static boolean isExact(long[] values, int count) {
        return Arrays.stream(values, 0, count).allMatch(value -> value > -(1L << 53) && value < 1L << 53);
    }

    /** Returns runs of numbers with up to a given number of bits. */
    private static long[] inRunsOfOneLength(Random random, int count) {
        long[] numbers = new long[count];
        int bits = 0;
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (left-- == 0) {
                bits = random.nextInt(3) == 0 ? random.nextInt(Long.SIZE) : random.nextInt(15);
                left = random.nextInt(30);
            }
            numbers[i] = random.nextLong() >> Long.SIZE - 1 - bits;
        }
        return numbers;
    }

    private static long[] aroundEveryLength() {
        long[] values = new long[2 * 3 * Long.SIZE];
        int at = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            for (int offset = -1; offset <= 1; offset++) {
                values[at++] = (1L << bit) + offset;
                values[at++] = -(1L << bit) - offset;
            }
        }
        return values;
    }

    private static byte[] arrayByAvro(long[] values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (values.length > 0) {
            bytes.write(byAvro(new long[] {values.length}));
            bytes.write(byAvro(values));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static byte[] byAvro(long[] values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        for (long value : values) {
            encoder.writeLong(value);
        }
        encoder.flush();
        return bytes.toByteArray();
    }
}
