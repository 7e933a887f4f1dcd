/**
 * The all-in-one node and single stages as processes. Start with {@link dynoai.app.node.Pipeline}: ingest, analyzer and
 * exporter on an embedded broker or an external Kafka. {@link dynoai.app.node.NodeWeb} serves page, health and metrics.
 */
package dynoai.app.node;
