package dynoai.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.broker.EmbeddedBroker;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class BrokerMetricsTest {
    @TempDir
    Path data;

    @Test
    void everyBean_existsWhileTheBrokerServes() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            // When
            String address = broker.bootstrapServers();
            // Then
            assertThat(address).isNotEmpty();
            assertThat(BrokerMetrics.values())
                    .allSatisfy(metric ->
                            assertThat(isRegistered(metric)).as(metric.bean).isTrue());
        }
    }

    @Test
    void stoppedBroker_leavesItsStateGaugeRegistered() throws Exception {
        // When
        EmbeddedBroker.start(data, 0).close();
        // Then
        assertThat(isRegistered(BrokerMetrics.STATE))
                .as("Kafka removes the state itself now, and BrokerMetrics.removeState is unnecessary")
                .isTrue();
    }

    private static boolean isRegistered(BrokerMetrics metric) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName(metric.bean));
    }
}
