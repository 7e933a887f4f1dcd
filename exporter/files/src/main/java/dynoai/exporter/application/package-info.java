/** The record of a correction that was applied to a VE table, with which a rollback restores the table exactly. */
package dynoai.exporter.application;
