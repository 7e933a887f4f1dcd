package dynoai.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {
    @Test
    void fatalFaultOfTheBroker_haltsTheJvmThroughExit() {
        // Given
        AtomicInteger halted = new AtomicInteger();
        Exit.setHaltProcedure((status, message) -> halted.set(status));
        try {
            // When
            new StandardFaultHandlerFactory().build("test", true, () -> {}).handleFault("disk full", new IOException());
        } finally {
            Exit.resetHaltProcedure();
        }
        // Then
        assertThat(halted).as("Kafka does not halt the JVM any more").hasPositiveValue();
    }
}
