package dynoai.automation.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ParamsTest {
    @Test
    void columns_areAMappingInTheOptions() throws Exception {
        // Given
        Params params =
                params("{\"options\": {\"clamp\": 9, \"columns\": {\"kpa\": \"MAP Load\", \"rpm\": \"Engine\"}}}");
        // When
        var options = params.options();
        // Then
        assertThat(options).containsEntry("clamp", "9").containsEntry("columns", "kpa=MAP Load\nrpm=Engine");
    }

    @Test
    void mappingForAnotherOption_isRefused() throws Exception {
        // Given
        Params params = params("{\"options\": {\"clamp\": {\"kpa\": \"MAP Load\"}}}");
        // When
        var thrown = assertThatThrownBy(params::options);
        // Then
        thrown.isInstanceOf(InvalidStepException.class).hasMessageContaining("options.clamp");
    }

    private static Params params(String json) throws Exception {
        return new Params((ObjectNode) new ObjectMapper().readTree(json));
    }
}
