package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.ingest.log.text.LogSource;
import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the threads that read a log share the work. */
class OrderedReadTest {
    private static final int ROWS = 400;
    private static final int CHUNK_BYTES = 256;
    /** Chunks that two threads can have when the first one's blocks are still being passed on. */
    private static final int CHUNKS_AHEAD = 4;

    @Test
    @Timeout(300)
    void parsedChunks_doNotWaitForTheirTurn() throws Exception {
        // Given
        CountDownLatch ahead = new CountDownLatch(CHUNKS_AHEAD);
        LogSource log = counting(log(), ahead);
        LogPlan plan = LogReader.plan(LogSource.of("log.csv", log()), AnalysisOptions.defaults(), CHUNK_BYTES);
        List<Double> speeds = new ArrayList<>();
        // When
        LogReader.read(
                log,
                plan,
                2,
                null,
                block -> {
                    await(ahead);
                    double[] rpm = Objects.requireNonNull(block.values(Channel.RPM));
                    for (int row = 0; row < block.count(); row++) {
                        speeds.add(rpm[row]);
                    }
                },
                CHUNK_BYTES);
        // Then
        List<Double> inOrder = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            inOrder.add(2000.0 + row);
        }
        assertThat(speeds).isEqualTo(inOrder);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static byte[] log() {
        StringBuilder text = new StringBuilder("Timestamp,RPM,MAP_kPa,Torque,AFR_Cmd_F,AFR_Meas_F\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(row * 0.02).append(',').append(2000 + row).append(",60,80,13.0,13.1\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a log that counts its chunks while they are read. */
    private static LogSource counting(byte[] bytes, CountDownLatch chunks) {
        LogSource log = LogSource.of("log.csv", bytes);
        AtomicInteger read = new AtomicInteger();
        return new LogSource() {
            @Override
            public String name() {
                return log.name();
            }

            @Override
            public Bytes open() throws IOException {
                Bytes opened = log.open();
                return new Bytes() {
                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        int count = opened.read(target, offset, length);
                        for (int before = read.getAndAdd(count) / CHUNK_BYTES;
                                before < read.get() / CHUNK_BYTES;
                                before++) {
                            chunks.countDown();
                        }
                        return count;
                    }

                    @Override
                    public void close() throws IOException {
                        opened.close();
                    }
                };
            }
        };
    }
}
