/** A Kafka broker in this JVM, for the all-in-one node and for tests. Start with {@link dynoai.broker.EmbeddedBroker}. */
package dynoai.broker;
