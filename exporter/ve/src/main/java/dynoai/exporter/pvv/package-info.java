/**
 * VE tables as Power Vision XML, for tuning software. {@link dynoai.exporter.pvv.PvvFile} reads and writes them. Input is
 * untrusted: documents with a DOCTYPE are rejected and external entities are not read.
 */
package dynoai.exporter.pvv;
