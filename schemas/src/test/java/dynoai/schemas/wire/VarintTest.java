package dynoai.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Numbers of every length, written and read without looking at their bytes one by one, against Avro's own encoder. */
class VarintTest {
    @Test
    void numbersOfEveryLength_areWrittenAsAvroWritesThem() throws Exception {
        // Given
        long[] values = aroundEveryLength();
        // When
        AvroOutput out = new AvroOutput(1);
        for (long value : values) {
            out.writeLong(value);
        }
        // Then
        assertThat(out.toByteArray()).isEqualTo(byAvro(values));
    }

    @Test
    void differencesOfEveryLength_comeBack_withNothingBehindThem() throws Exception {
        // Given
        long[] values = aroundEveryLength();
        for (int count = 0; count <= values.length; count++) {
            AvroOutput out = new AvroOutput(1);
            out.writeDeltas(values, count);
            // When
            AvroInput in = new AvroInput(out.toByteArray());
            long[] read = new long[count];
            in.readDeltas(read, count);
            in.expectEnd();
            // Then
            assertThat(read).startsWith(java.util.Arrays.copyOf(values, count));
        }
    }

    private static long[] aroundEveryLength() {
        long[] values = new long[2 * 3 * Long.SIZE];
        int at = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            for (int beside = -1; beside <= 1; beside++) {
                values[at++] = (1L << bit) + beside;
                values[at++] = -(1L << bit) - beside;
            }
        }
        return values;
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
