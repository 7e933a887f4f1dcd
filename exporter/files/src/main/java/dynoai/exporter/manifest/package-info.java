/**
 * The contract of a run folder. {@link dynoai.exporter.manifest.RunFolderLayout} and {@link
 * dynoai.exporter.manifest.GridFile} name its files, {@link dynoai.exporter.manifest.Manifest} lists them with their hashes,
 * {@link dynoai.exporter.manifest.ManifestReader} reads it. The JSON Schema is {@code dynoai/manifest-1.schema.json} in the
 * schemas module.
 */
package dynoai.exporter.manifest;
