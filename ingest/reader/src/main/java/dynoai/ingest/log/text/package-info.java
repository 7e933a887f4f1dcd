/**
 * The text of a log: bytes in, lines and cells out. Start with {@link dynoai.ingest.log.text.LogHead}; {@code HeaderSearch} finds the
 * header line, {@link dynoai.ingest.log.text.TextForm} makes plain text of UTF-16 and of columns set with spaces, {@link
 * dynoai.ingest.log.text.Chunks} cuts the text into whole lines.
 */
package dynoai.ingest.log.text;
