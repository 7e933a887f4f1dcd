/**
 * The contract of a run folder: {@link dynoai.exporter.manifest.Manifest} is written last and lists every other file with
 * its hash. Its JSON Schema is published as {@code dynoai/manifest-1.schema.json} in the schemas module.
 */
package dynoai.exporter.manifest;
