/** YAML 1.2 with its core schema: {@link dynoai.schemas.yaml.Yaml} reads it into values that know their lines. */
package dynoai.schemas.yaml;
