/**
 * Run folders on disk. {@link dynoai.exporter.folder.RunFolder} publishes one complete and durable, or not at all.
 */
package dynoai.exporter.folder;
