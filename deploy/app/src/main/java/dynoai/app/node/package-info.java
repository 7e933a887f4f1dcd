/**
 * The all-in-one node and the single stages as processes. Start with {@link dynoai.app.node.Pipeline}: a broker of our own
 * or any Kafka, and around it ingest, analyzer and exporter. {@link dynoai.app.node.NodeWeb} shows them.
 */
package dynoai.app.node;
