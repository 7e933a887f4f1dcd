/**
 * The analyzer as a Kafka Streams stage around the fold of {@link dynoai.analyzer.run}. Start with {@link
 * dynoai.analyzer.stream.AnalyzerStage} for its lifecycle, {@link dynoai.analyzer.stream.RunAnalysisTopology} for its nodes and
 * stores, and {@code FoldRowsIntoRun} for the handling of each record.
 */
@NullMarked
package dynoai.analyzer.stream;

import org.jspecify.annotations.NullMarked;
