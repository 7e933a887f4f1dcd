package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class IngestMetersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final IngestMeters meters = new IngestMeters(registry, InstantSource.system());

    @Test
    void warning_isNoRetry() {
        // When
        meters.warning("pull.csv", "it was written to after it was claimed");
        // Then
        assertThat(registry.get("dynoai.ingest.warnings").counter().count()).isEqualTo(1);
        assertThat(registry.get("dynoai.ingest.retries").counter().count()).isZero();
    }

    @Test
    void transientFailure_isARetry() {
        // When
        meters.transientFailure("ingest", new IOException("connecting to Kafka"));
        // Then
        assertThat(registry.get("dynoai.ingest.retries").counter().count()).isEqualTo(1);
        assertThat(registry.get("dynoai.ingest.warnings").counter().count()).isZero();
    }
}
