/** JSON of run folders: {@link dynoai.exporter.json.JsonTree} writes and reads it, readable or canonical. */
package dynoai.exporter.json;
