/** What happens to blocks of rows between parser and consumer. */
@NullMarked
package dynoai.ingest.log.block;

import org.jspecify.annotations.NullMarked;
