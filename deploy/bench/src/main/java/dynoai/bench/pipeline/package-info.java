/**
 * What moving rows through Kafka costs. Start with {@link dynoai.bench.pipeline.TransportBench}: the codec alone, then blocks
 * from memory through the embedded broker to grids, exactly once.
 */
package dynoai.bench.pipeline;
