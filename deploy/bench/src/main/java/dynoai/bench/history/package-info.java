/** Measures the catalogue with runs that were made up: start with {@link dynoai.bench.history.CatalogueHistory}. */
@NullMarked
package dynoai.bench.history;

import org.jspecify.annotations.NullMarked;
