package dynoai.exporter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Checks that apply to every page. */
final class PageCheck {
    private PageCheck() {}

    static void isWellFormedAndSelfContained(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        var document = builder.parse(new InputSource(new StringReader(page)));
        for (String outside :
                new String[] {"script", "link", "img", "iframe", "object", "embed", "base", "form", "a"}) {
            assertThat(document.getElementsByTagName(outside).getLength())
                    .as(outside)
                    .isZero();
        }
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            var attributes = all.item(i).getAttributes();
            for (int j = 0; j < attributes.getLength(); j++) {
                String name = attributes.item(j).getNodeName();
                assertThat(name).doesNotStartWith("on").isNotIn("src", "href", "style", "xlink:href");
            }
        }
        assertThat(page).doesNotContain("http:", "https:", "//", "url(", "@import");
    }
}
