package dynoai.exporter.pvv;

import dynoai.exporter.table.InvalidTableException;
import dynoai.exporter.table.VeTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads Power Vision XML, with document types and external entities switched off. */
final class PvvReader {
    private static final Set<String> PRESSURE = Set.of("", "kpa");
    private static final Set<String> SPEED = Set.of("", "rpm");

    private final String file;
    private final List<PvvItem> items = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();
    private String name = "";
    private String units = "";
    private String columnUnits = "";
    private String rowUnits = "";

    PvvReader(String file) {
        this.file = file;
    }

    List<PvvItem> read(byte[] bytes) throws InvalidPvvException {
        if (bytes.length > PvvFile.MAX_BYTES) {
            throw new InvalidPvvException(file, 0, "it is larger than " + PvvFile.MAX_BYTES + " bytes");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (xml.hasNext()) {
                event(xml, xml.next());
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new InvalidPvvException(file, line, "it is not well-formed XML");
        }
        if (items.isEmpty()) {
            throw new InvalidPvvException(file, 0, "it has no table; expected <PVV> with an <Item>");
        }
        return List.copyOf(items);
    }

    private void event(XMLStreamReader xml, int event) throws InvalidPvvException {
        int line = xml.getLocation().getLineNumber();
        switch (event) {
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw new InvalidPvvException(file, line, "a document type or entity is not accepted");
            case XMLStreamConstants.START_ELEMENT -> start(xml, line);
            case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName(), line);
            default -> {}
        }
    }

    private void start(XMLStreamReader xml, int line) throws InvalidPvvException {
        switch (xml.getLocalName()) {
            case "Item" -> {
                columns.clear();
                rows.clear();
                cells.clear();
                name = optional(xml, "name");
                units = optional(xml, "units");
            }
            case "Columns" -> columnUnits = axis(xml, line, PRESSURE, "kPa");
            case "Rows" -> rowUnits = axis(xml, line, SPEED, "RPM");
            case "Col" -> add(columns, required(xml, line, "label"), line, VeTable.MAX_BINS);
            case "Row" -> add(rows, required(xml, line, "label"), line, VeTable.MAX_BINS);
            case "Cell" -> add(cells, required(xml, line, "value"), line, VeTable.MAX_BINS * VeTable.MAX_BINS);
            default -> {}
        }
    }

    private void end(String element, int line) throws InvalidPvvException {
        if (element.equals("Row") && cells.size() != rows.size() * columns.size()) {
            throw new InvalidPvvException(file, line, "the row must have " + columns.size() + " cells, one per column");
        }
        if (element.equals("Item")) {
            items.add(item(line));
        }
    }

    private void add(List<String> list, String text, int line, int max) throws InvalidPvvException {
        if (list.size() == max) {
            throw new InvalidPvvException(file, line, "more than " + max + " columns, rows or cells");
        }
        list.add(text);
    }

    /** Other units are rejected: values would be in the wrong cells. */
    private String axis(XMLStreamReader xml, int line, Set<String> accepted, String wanted) throws InvalidPvvException {
        String found = optional(xml, "units");
        if (!accepted.contains(found.toLowerCase(Locale.ROOT))) {
            throw new InvalidPvvException(file, line, "units are " + found + "; accepted: " + wanted);
        }
        return found;
    }

    /** Labels and cells pass the checks of the table reader. */
    private PvvItem item(int line) throws InvalidPvvException {
        StringBuilder csv = new StringBuilder("RPM");
        columns.forEach(label -> csv.append(',').append(plain(label)));
        for (int row = 0; row < rows.size(); row++) {
            csv.append('\n').append(plain(rows.get(row)));
            for (int column = 0; column < columns.size(); column++) {
                csv.append(',').append(plain(cells.get(row * columns.size() + column)));
            }
        }
        try {
            byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
            return new PvvItem(name, units, columnUnits, rowUnits, VeTable.read(file, bytes));
        } catch (InvalidTableException e) {
            String column = e.column().isEmpty() ? "" : ", column " + e.column();
            throw new InvalidPvvException(
                    file,
                    line,
                    "the table '" + name + "'" + column + ": found " + e.found() + "; accepted: " + e.accepted());
        }
    }

    /** Replaces what would split a value into several cells. */
    private static String plain(String value) {
        return value.replaceAll("[,\r\n\"']", "?");
    }

    private static String optional(XMLStreamReader xml, String attribute) {
        @Nullable String value = xml.getAttributeValue(null, attribute);
        return value == null ? "" : value.strip();
    }

    private String required(XMLStreamReader xml, int line, String attribute) throws InvalidPvvException {
        if (xml.getAttributeValue(null, attribute) == null) {
            throw new InvalidPvvException(file, line, "<" + xml.getLocalName() + "> has no " + attribute);
        }
        return optional(xml, attribute);
    }
}
