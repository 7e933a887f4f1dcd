package dynoai.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The chart, rendered by Helm's own code in this process. */
final class Chart {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path FOLDER = Path.of("dynoai");
    /** The oldest version that the chart supports. */
    private static final String KUBERNETES = "1.29.0";

    private static final Path EXAMPLES = Path.of("examples");

    private Chart() {}

    static Helm helm() {
        return new Helm(FOLDER);
    }

    static JsonNode file(String name) throws IOException {
        return YAML.readTree(FOLDER.resolve(name).toFile());
    }

    /** Every set of values of the repository, by name; the defaults among them. */
    static Map<String, Path> examples() throws IOException {
        Map<String, Path> found = new TreeMap<>();
        found.put("defaults", FOLDER.resolve("values.yaml"));
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            files.forEach(file -> found.put(file.getFileName().toString(), file));
        }
        return found;
    }

    /** Renders every object with a file of values. */
    static List<JsonNode> render(Path values) throws IOException {
        return documents(template().withValuesFile(values).call());
    }

    /** Renders every object with the default values but one. */
    static List<JsonNode> renderWith(String path, Object value) throws IOException {
        return documents(template().set(path, value).call());
    }

    private static TemplateCommand template() {
        return helm().template().withName("shop").withNamespace("tuning").withKubeVersion(KUBERNETES);
    }

    static List<JsonNode> documents(String yaml) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> each = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            while (each.hasNext()) {
                JsonNode document = each.next();
                if (document.isObject()) {
                    documents.add(document);
                }
            }
        }
        return documents;
    }

    static String name(JsonNode object) {
        return object.at("/kind").asText() + " " + object.at("/metadata/name").asText();
    }

    /** The pods' templates among objects, by the name of their owner. */
    static Map<String, JsonNode> pods(List<JsonNode> objects) {
        Map<String, JsonNode> pods = new TreeMap<>();
        for (JsonNode object : objects) {
            JsonNode pod = object.at("/spec/template");
            if (!pod.isMissingNode()) {
                pods.put(name(object), pod);
            }
        }
        return pods;
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
