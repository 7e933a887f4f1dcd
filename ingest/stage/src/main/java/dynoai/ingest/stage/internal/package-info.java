/**
 * Work-arounds that need Kafka API without a promise of compatibility. Nothing outside {@link dynoai.ingest.stage} uses them.
 */
@NullMarked
package dynoai.ingest.stage.internal;

import org.jspecify.annotations.NullMarked;
