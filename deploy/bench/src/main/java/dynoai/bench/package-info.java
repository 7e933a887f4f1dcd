/**
 * Measures the engine against other ways to do the same work, in one run on one machine. Start with {@link
 * dynoai.bench.Bench}; every {@link dynoai.bench.Contender} does the same fold and must give the same answer.
 */
@NullMarked
package dynoai.bench;

import org.jspecify.annotations.NullMarked;
