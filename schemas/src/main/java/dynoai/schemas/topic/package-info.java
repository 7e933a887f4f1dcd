/**
 * Kafka's side of the shared words. Start with {@link dynoai.schemas.topic.Topics}: every topic with its key, format,
 * partitions, retention and compaction. {@link dynoai.schemas.topic.TopicAdmin} creates and checks them, {@link
 * dynoai.schemas.topic.SchemaPublisher} and {@link dynoai.schemas.topic.PublishedSchemas} carry schemas between versions.
 *
 * <p>Needs kafka-clients, which the plain library goes without.
 */
package dynoai.schemas.topic;
