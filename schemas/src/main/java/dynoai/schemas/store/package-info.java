/**
 * The store of logs that ingests fill and exporters read: {@link dynoai.schemas.store.ContentStore} is the interface, {@link
 * dynoai.schemas.store.FolderStore} keeps it in a folder.
 */
@NullMarked
package dynoai.schemas.store;

import org.jspecify.annotations.NullMarked;
