package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.ingest.stage.client.OpenClients;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

final class OpenClientsTest {
    @Test
    void clientThatFailsToClose_doesNotKeepTheOthersOpen() {
        // Given
        OpenClients clients = new OpenClients(new KafkaClients(
                Map.of("bootstrap.servers", "127.0.0.1:1", "metric.reporters", UnclosableReporter.class.getName()),
                Namespace.DEFAULT));
        clients.consumer("read_committed");
        clients.consumer("read_uncommitted");
        UnclosableReporter.closed.set(0);
        // When
        var closing = assertThatThrownBy(clients::close);
        // Then
        closing.isInstanceOf(KafkaException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(UnclosableReporter.closed).hasValue(2);
    }
}
