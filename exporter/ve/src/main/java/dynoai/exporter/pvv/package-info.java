/**
 * VE tables as Power Vision XML, so that a tuning program can load them. {@link dynoai.exporter.pvv.PvvFile} reads and writes
 * them; what it reads may come from anyone, so documents with a DOCTYPE are refused and nothing outside the file is opened.
 */
package dynoai.exporter.pvv;
