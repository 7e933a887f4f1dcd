/** A run as lists show it. Start with {@link dynoai.catalogue.run.RunLine}. No files, no database, no Kafka. */
package dynoai.catalogue.run;
