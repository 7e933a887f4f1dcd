package dynoai.broker;

import dynoai.schemas.kafka.Namespace;
import dynoai.schemas.topic.TopicAdmin;
import dynoai.schemas.topic.TopicLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes and reads the topics of an embedded broker. */
public final class TestTopics implements AutoCloseable {
    private final Map<String, Object> client;
    private final KafkaProducer<String, byte[]> producer;

    public TestTopics(Map<String, Object> client) {
        this.client = client;
        Map<String, Object> sending = new HashMap<>(client);
        sending.put("max.request.size", 4 << 20);
        this.producer = new KafkaProducer<>(sending, new StringSerializer(), new ByteArraySerializer());
    }

    public Map<String, Object> client() {
        return client;
    }

    public void create() throws Exception {
        try (Admin admin = Admin.create(client)) {
            new TopicAdmin(admin, TopicLayout.ofEmbeddedBroker(), Namespace.DEFAULT).create();
        }
    }

    /** @param partition null for the one of the key */
    public void send(String topic, @Nullable Integer partition, @Nullable String key, byte @Nullable [] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, key, value)).get();
    }

    /** Returns a producer with an open transaction and a record in the topic. */
    public KafkaProducer<String, byte[]> begun(String transaction, String topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("transactional.id", transaction);
        KafkaProducer<String, byte[]> begun =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        begun.initTransactions();
        begun.beginTransaction();
        begun.send(new ProducerRecord<>(topic, "shop/run", new byte[] {1}));
        begun.flush();
        return begun;
    }

    /** Returns all committed records, partition by partition. */
    public List<ConsumerRecord<String, byte[]>> read(String topic) {
        Map<String, Object> reading = new HashMap<>(client);
        reading.put("isolation.level", "read_committed");
        reading.put("enable.auto.commit", false);
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
