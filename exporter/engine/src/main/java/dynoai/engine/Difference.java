package dynoai.engine;

/**
 * One place in which two runs differ.
 *
 * @param where the field of the manifest, or the file and the cell
 * @param left what the first run has; empty when it has nothing there
 * @param right what the second run has; empty when it has nothing there
 */
public record Difference(String where, String left, String right) {}
