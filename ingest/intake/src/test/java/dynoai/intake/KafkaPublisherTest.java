package dynoai.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.intake.event.IntakeEvents;
import dynoai.intake.http.RequestException;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.record.AgentContact;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
    private static final AgentContact CONTACT = new AgentContact("shop-a", "agent", "1", 0, 0, 0, 0, "");

    private String notReady = "";
    private final KafkaPublisher publisher = new KafkaPublisher(
            new KafkaClients(Map.of("bootstrap.servers", "127.0.0.1:1"), Namespace.DEFAULT),
            () -> notReady,
            new IntakeEvents() {});

    @AfterEach
    void stop() {
        publisher.close();
    }

    @Test
    void contact_doesNotWaitLongForKafka() {
        // When
        long began = System.nanoTime();
        assertThatThrownBy(() -> publisher.publish(CONTACT)).isInstanceOf(RequestException.class);

        // Then: half of what a log may wait for the first answer of Kafka.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void kafkaThatIsNotReady_isNotAsked() {
        // When
        notReady = "no broker answers";

        // Then
        assertThatThrownBy(publisher::requireReady)
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("at the moment");
    }
}
