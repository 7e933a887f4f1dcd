/**
 * Work-arounds that need Kafka API without a promise of compatibility, one class each. Every class says why it exists, what
 * would make it unnecessary, and which test shows that it is still needed. Nothing outside {@link dynoai.analyzer.stream} uses
 * them.
 */
@NullMarked
package dynoai.analyzer.stream.internal;

import org.jspecify.annotations.NullMarked;
