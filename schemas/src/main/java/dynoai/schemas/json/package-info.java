/** JSON without a mapper: {@link dynoai.schemas.json.Json} reads and writes, {@link dynoai.schemas.json.JsonTree} navigates. */
package dynoai.schemas.json;
