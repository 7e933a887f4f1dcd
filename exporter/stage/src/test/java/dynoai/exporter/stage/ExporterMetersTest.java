package dynoai.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExporterMetersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ExporterMeters meters = new ExporterMeters(registry);

    @Test
    void warning_isNoRetry() {
        // When
        meters.warning("run r1", "an unfinished folder of it cannot be removed");
        // Then
        assertThat(registry.get("dynoai.exporter.warnings").counter().count()).isEqualTo(1);
        assertThat(registry.get("dynoai.exporter.retries").counter().count()).isZero();
    }

    @Test
    void transientFailure_isARetry() {
        // When
        meters.transientFailure("run r1", new IOException("no log in the store"));
        // Then
        assertThat(registry.get("dynoai.exporter.retries").counter().count()).isEqualTo(1);
        assertThat(registry.get("dynoai.exporter.warnings").counter().count()).isZero();
    }
}
