package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.dashboard.api.Pages;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.stage.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private record StageWith(String name, String notReadyReason) implements Stage {
        @Override
        public boolean isIdle() {
            return false;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    private static Pages.Health readyWith(Stage... stages) {
        return new Pipeline(
                        null, new KafkaClients(Map.of(), Namespace.DEFAULT), List.of(stages), null, null, true, null)
                .ready();
    }

    @Test
    void readyPage_namesTheReasonOfEachStageThatIsNotReady() {
        // Given
        Stage ingest = new StageWith("ingest", "not connected to Kafka");
        Stage analyzer = new StageWith("analyzer", "");
        Stage exporter = new StageWith("exporter", "no partitions are assigned");
        // When
        Pages.Health ready = readyWith(ingest, analyzer, exporter);
        // Then
        assertThat(ready)
                .isEqualTo(new Pages.Health(
                        false, "not ready: ingest: not connected to Kafka; exporter: no partitions are assigned"));
    }

    @Test
    void readyPage_isReadyWithAllStages() {
        // Given
        Stage ingest = new StageWith("ingest", "");
        // When
        Pages.Health ready = readyWith(ingest);
        // Then
        assertThat(ready).isEqualTo(new Pages.Health(true, "ready"));
    }
}
