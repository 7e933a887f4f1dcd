package dynoai.exporter.pvv;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Power Vision XML: {@code <PVV>} with an {@code <Item>} per table. */
public final class PvvFile {
    /** The maximum size of a file. */
    public static final int MAX_BYTES = 16 << 20;

    private PvvFile() {}

    /** @param file the file name for messages */
    public static List<PvvItem> read(String file, byte[] bytes) throws InvalidPvvException {
        return new PvvReader(file).read(bytes);
    }

    public static byte[] write(List<PvvItem> items) {
        StringBuilder xml = new StringBuilder(8192).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PVV>\n");
        for (PvvItem item : items) {
            PvvWriter.write(xml, item);
        }
        return xml.append("</PVV>\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
