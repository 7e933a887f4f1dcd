package dynoai.app.node;

import dynoai.broker.EmbeddedBroker;
import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;

/** A broker as a process, with the topics of a cluster of one or without any: what the stages alone run against. */
final class BrokerAlone {
    static final String READY = "broker ready";

    private BrokerAlone() {}

    /** @param arguments the data directory, the port, and {@code true} to create the topics */
    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        if (Boolean.parseBoolean(arguments[2])) {
            try (Admin admin = Admin.create(broker.clientProperties())) {
                new TopicAdmin(admin, TopicLayout.ofCluster(1), Namespace.DEFAULT).create();
            }
        }
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
