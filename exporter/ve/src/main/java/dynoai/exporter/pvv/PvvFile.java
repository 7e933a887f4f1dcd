package dynoai.exporter.pvv;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Power Vision XML: {@code <PVV>} with one {@code <Item>} for each table. */
public final class PvvFile {
    /** Largest file that is read. */
    public static final int MAX_BYTES = 16 << 20;

    private PvvFile() {}

    /** @param file its name, for messages */
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
