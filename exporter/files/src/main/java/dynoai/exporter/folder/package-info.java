/**
 * Run folders on disk: {@link dynoai.exporter.folder.RunFolder} lets one appear whole and durable, or not at all.
 */
package dynoai.exporter.folder;
