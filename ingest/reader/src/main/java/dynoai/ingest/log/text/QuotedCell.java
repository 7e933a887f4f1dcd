package dynoai.ingest.log.text;

/** The quoting rule: a cell is quoted if its first character is a quote, and ends with its line at the latest. */
public final class QuotedCell {
    private QuotedCell() {}

    /**
     * Copies the text of a quoted cell: the inside, with {@code ""} as one quote, and what follows the closing quote.
     *
     * @param from the opening quote
     * @param to the delimiter or line end after the cell
     * @return the number of copied bytes
     */
    public static int unquote(byte[] bytes, int from, int to, byte[] target) {
        int length = 0;
        int at = from + 1;
        while (at < to) {
            byte c = bytes[at++];
            if (c == '"') {
                if (at < to && bytes[at] == '"') {
                    at++;
                } else {
                    break;
                }
            }
            target[length++] = c;
        }
        System.arraycopy(bytes, at, target, length, to - at);
        return length + to - at;
    }
}
