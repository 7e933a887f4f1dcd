package dynoai.automation.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.automation.TestSteps;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class RecipeGraphTest {
    @Test
    void everyStepAndDependency_isDrawn() throws Exception {
        // Given
        var recipe = TestSteps.recipe("""
                steps:
                  - {idx: 1, name: first, type: shell, cmd: 'echo "<a & b>"'}
                  - {idx: 2, name: left, type: shell, cmd: x, needs: [first]}
                  - {idx: 3, name: right, type: shell, cmd: x, needs: [first]}
                  - idx: 4
                    name: loop
                    needs: [left, right]
                    repeat: {until: {key: k, less_than: 1}, max: 3}
                    steps:
                      - {idx: 1, name: inner, type: java, class: "dynoai.automation.TestSteps$Sample"}
                """);
        // When
        String svg = RecipeGraph.svg(recipe);
        // Then
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1 + 5);
        assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(2 * 4);
        assertThat(svg).contains("1 first").contains("1 inner").contains("&lt;a &amp; b&gt;");
        assertThat(RecipeGraph.svg(recipe)).isEqualTo(svg);
    }
}
