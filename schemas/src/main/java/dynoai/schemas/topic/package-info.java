/**
 * The topics. Start with {@link dynoai.schemas.topic.Topics}: every topic with its key, format,
 * partitions, retention and compaction. {@link dynoai.schemas.topic.TopicAdmin} creates and checks them, {@link
 * dynoai.schemas.topic.SchemaPublisher} and {@link dynoai.schemas.topic.PublishedSchemas} exchange schemas between versions.
 */
package dynoai.schemas.topic;
