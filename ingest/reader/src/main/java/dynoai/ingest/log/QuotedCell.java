package dynoai.ingest.log;

/** The quoting rule: only a quote as the very first character counts, and no cell goes beyond its line. */
final class QuotedCell {
    private QuotedCell() {}

    /**
     * Copies the text of a quoted cell: what is inside, {@code ""} as one quote, and what follows the closing quote.
     *
     * @param from the opening quote
     * @param to the delimiter or line end after the cell
     * @return how many bytes were copied
     */
    static int unquote(byte[] bytes, int from, int to, byte[] target) {
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
