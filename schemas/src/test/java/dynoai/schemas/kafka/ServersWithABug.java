package dynoai.schemas.kafka;

import java.util.AbstractList;

/** Addresses of servers that fail outside of Kafka's own code for errors, like a bug of DynoAI. */
public final class ServersWithABug extends AbstractList<String> {
    @Override
    public String get(int index) {
        throw new IllegalStateException("no server " + index);
    }

    @Override
    public int size() {
        return 1;
    }
}
