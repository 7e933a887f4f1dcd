package dynoai.exporter.pvv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.exporter.table.VeTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PvvFileTest {
    private static final String CSV = "RPM,20.0,30\r\n1000,81.2500,\r\n1125,'-3.0000,4.5001\r\n";

    @Test
    void table_isReadBackByteForByte() throws Exception {
        // Given
        VeTable table = VeTable.read("ve.csv", bytes(CSV));
        // When
        byte[] xml = PvvFile.write(List.of(PvvItem.of("VE \"front\" <&>", table), PvvItem.of("second", table)));
        // Then
        List<PvvItem> items = PvvFile.read("ve.pvv", xml);
        assertThat(items).extracting(PvvItem::name).containsExactly("VE \"front\" <&>", "second");
        for (PvvItem item : items) {
            assertThat(new String(item.table().write(), StandardCharsets.UTF_8)).isEqualTo(CSV);
        }
        assertThat(PvvFile.write(items)).isEqualTo(xml);
        assertThat(new String(xml, StandardCharsets.UTF_8))
                .contains("<Columns units=\"kPa\">\n      <Col label=\"20.0\"/>")
                .contains("<Row label=\"1125\">\n        <Cell value=\"-3.0000\"/>");
    }

    @Test
    void documentTypeDeclaration_isRejected() {
        for (String doctype : List.of(
                "<!DOCTYPE PVV [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE PVV SYSTEM \"http://localhost:1/x.dtd\">",
                "<!DOCTYPE PVV [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>")) {
            assertThatThrownBy(() -> read(
                            doctype + "<PVV><Item name=\"n\"><Columns><Col label=\"&x;\"/></Columns></Item></PVV>"))
                    .isInstanceOf(InvalidPvvException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<PVV/>",
                "<PVV><Item name=\"n\"></Item></PVV>",
                "<PVV><Item name=\"n\"><Columns units=\"inHg\"><Col label=\"20\"/></Columns></Item></PVV>",
                "<PVV><Item><Columns><Col/></Columns></Item></PVV>",
                "<PVV><Item><Columns><Col label=\"20\"/></Columns><Rows><Row label=\"1000\"></Row></Rows></Item></PVV>",
                "<PVV><Item><Columns><Col label=\"20\"/></Columns><Rows><Row label=\"1000\"><Cell value=\"x\"/></Row></Rows></Item></PVV>",
                "<PVV><Item><Columns><Col label=\"20\"/></Columns><Rows><Row label=\"1000\"><Cell value=\"1,2\"/></Row></Rows></Item></PVV>",
                "<PVV><Item>"
            })
    void brokenFile_failsAndNamesTheFile(String xml) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOf(InvalidPvvException.class)
                .hasMessageStartingWith("x.pvv");
    }

    private static List<PvvItem> read(String xml) throws InvalidPvvException {
        return PvvFile.read("x.pvv", bytes(xml));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
