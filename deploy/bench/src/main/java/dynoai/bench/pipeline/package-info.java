/**
 * Measures the pipeline: the codec in memory, transport and folding around an embedded broker, and {@code dynoai up} as a
 * process from file to run folder. Start with {@link dynoai.bench.pipeline.PipelineBench}.
 */
@NullMarked
package dynoai.bench.pipeline;

import org.jspecify.annotations.NullMarked;
