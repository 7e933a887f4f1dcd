/**
 * Compares the engine with other programs that do the same work, in one run on one machine. Start with {@link
 * dynoai.bench.Bench}; every {@link dynoai.bench.Contender} computes the same fold and must return the same result.
 */
@NullMarked
package dynoai.bench;

import org.jspecify.annotations.NullMarked;
