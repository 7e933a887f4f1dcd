/**
 * Where published runs are kept: {@link dynoai.exporter.shelf.RunShelf} is the interface, {@link
 * dynoai.exporter.shelf.FolderShelf} keeps run folders in a folder. {@link dynoai.exporter.shelf.Storage} opens other places.
 */
@NullMarked
package dynoai.exporter.shelf;

import org.jspecify.annotations.NullMarked;
