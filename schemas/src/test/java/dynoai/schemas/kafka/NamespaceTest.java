package dynoai.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.topic.Groups;
import dynoai.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {
    private static List<String> names(Namespace namespace) {
        List<String> names = new ArrayList<>();
        Topics.ALL.forEach(topic -> names.add(topic.in(namespace)));
        names.add(Topics.schemas(namespace));
        names.add(Topics.deadLetters(namespace));
        names.add(Groups.analyzer(namespace));
        names.add(Groups.exporter(namespace));
        names.add(Groups.admit(namespace));
        names.add(Groups.admitLarge(namespace));
        return names;
    }

    @Test
    void defaultNamespace_hasTheNamesOfVersion1() {
        // Given
        Namespace namespace = Namespace.DEFAULT;
        // When
        List<String> names = names(namespace);
        // Then
        assertThat(names)
                .containsExactly(
                        "dynoai.run-log.v1",
                        "dynoai.run-grids.v1",
                        "dynoai.run-results.v1",
                        "dynoai.rejected-logs.v1",
                        "dynoai.ingest-ledger.v1",
                        "dynoai.intake.v1",
                        "dynoai.shops.v1",
                        "dynoai.agents.v1",
                        "dynoai.log-rows.v1",
                        "dynoai.schemas.v1",
                        "dynoai.dead-letter.v1",
                        "dynoai-analyzer",
                        "dynoai-exporter",
                        "dynoai-admit",
                        "dynoai-admit-large");
    }

    @Test
    void namespace_coversItsOwnNamesAlone() {
        // Given
        Namespace production = new Namespace("shop");
        Namespace staging = new Namespace("shop_staging");
        // When
        List<String> names = names(staging);
        // Then
        assertThat(names).allMatch(staging::covers).noneMatch(production::covers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1shop", "Shop", "a-b", "a.b", "_a", "a b", "abcdefghijklmnopqrstuvwxyzabcdefg"})
    void nameThatAnotherNamespaceCouldCover_isInvalid(String name) {
        // Given: a name that Kafka would not take, or whose prefix is ambiguous
        // When
        var made = assertThatThrownBy(() -> new Namespace(name));
        // Then
        made.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'" + name + "'");
    }
}
