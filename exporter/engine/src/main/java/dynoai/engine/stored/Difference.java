package dynoai.engine.stored;

/**
 * A place in which two runs differ.
 *
 * @param where the field of the manifest, or the file and the cell
 * @param left value of the first run; empty if it has none
 * @param right value of the second run; empty if it has none
 */
public record Difference(String where, String left, String right) {}
