package dynoai.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstanceClientsTest {
    @Test
    void producer_keepsItsNameWhenTheStateDirectoryIsLost() {
        // Given
        InstanceClients clients = new InstanceClients("dyno-1");
        // When
        String before = clients.transactionalId("dynoai-analyzer-4e1413ff-a8f4-4f81-b367-c26c76231f49-2");
        String after = clients.transactionalId("dynoai-analyzer-6fdbbc82-7e88-44fa-8c0b-57931a8ccd1a-2");
        // Then
        assertThat(after).isEqualTo(before).isEqualTo("dynoai-analyzer-dyno-1-2");
    }
}
