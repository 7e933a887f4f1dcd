/** What an application would change, as text, JSON or HTML. Start with {@link dynoai.exporter.ve.preview.Preview}. */
package dynoai.exporter.ve.preview;
