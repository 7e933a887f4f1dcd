package dynoai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class BrokerDataTest {
    @TempDir
    Path data;

    @Test
    void dataOfAnOlderLevel_isRaisedOnceByUpgrade() throws Exception {
        // Given
        EmbeddedBroker.start(data, 0, MetadataVersion.IBP_4_1_IV1.version()).close();
        EmbeddedBroker.start(data, 0).close();
        // When
        List<String> raised = BrokerData.upgrade(data);
        // Then
        assertThat(raised)
                .contains("metadata.version from " + MetadataVersion.IBP_4_1_IV1.featureLevel() + " to "
                        + MetadataVersion.IBP_4_3_IV0.featureLevel());
        assertThat(BrokerData.upgrade(data)).isEmpty();
    }

    @Test
    void reset_deletesTheBrokersDataOnly() throws Exception {
        // Given
        Files.createDirectories(data.resolve("state/inner"));
        Files.writeString(data.resolve("instance"), "name");
        EmbeddedBroker.start(data, 0).close();
        // When
        BrokerData.reset(data, "state");
        // Then
        assertThat(BrokerData.isIn(data)).isFalse();
        assertThat(data.resolve("state")).doesNotExist();
        assertThat(data.resolve("instance")).exists();
        EmbeddedBroker.start(data, 0).close();
    }

    @Test
    void resetOfARunningBroker_fails() throws Exception {
        // Given
        Files.createDirectories(data.resolve("state/inner"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            // When
            var reset = assertThatThrownBy(() -> BrokerData.reset(data, "state"));
            // Then
            reset.isInstanceOf(BrokerStartException.class).hasMessageContaining("in use by process");
            assertThat(data.resolve("state/inner")).exists();
            assertThat(broker.bootstrapServers()).isNotEmpty();
        }
    }
}
