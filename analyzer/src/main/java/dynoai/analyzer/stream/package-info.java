/**
 * The analyzer as a Kafka Streams stage: it carries, {@link dynoai.analyzer.run} computes. Start with {@link
 * dynoai.analyzer.stream.AnalyzerStage} to run it, with {@link dynoai.analyzer.stream.RunAnalysisTopology} to see its nodes
 * and stores, and with {@code FoldRowsIntoRun} for what becomes of each record.
 */
@NullMarked
package dynoai.analyzer.stream;

import org.jspecify.annotations.NullMarked;
