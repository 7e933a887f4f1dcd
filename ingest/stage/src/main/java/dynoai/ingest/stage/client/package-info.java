/** The Kafka clients of a stage, and how it decodes what they read. */
@NullMarked
package dynoai.ingest.stage.client;

import org.jspecify.annotations.NullMarked;
