package dynoai.exporter.table;

/** A file is not a valid table. The message names the place, what was found and what is accepted. */
public final class InvalidTableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String column;
    private final String found;
    private final String accepted;

    /**
     * @param line line in the file from 1, or 0 for none
     * @param column header or number of the column, or empty
     */
    public InvalidTableException(String file, int line, String column, String found, String accepted) {
        super(file
                + (line > 0 ? ", line " + line : "")
                + (column.isEmpty() ? "" : ", column " + column)
                + ": found "
                + found
                + "; accepted: "
                + accepted);
        this.file = file;
        this.line = line;
        this.column = column;
        this.found = found;
        this.accepted = accepted;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public String column() {
        return column;
    }

    public String found() {
        return found;
    }

    public String accepted() {
        return accepted;
    }
}
