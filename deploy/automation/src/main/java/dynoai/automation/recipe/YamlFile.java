package dynoai.automation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads one YAML 1.2 document into values that know their lines. */
final class YamlFile {
    private static final int DEEPEST = 60;
    private static final int MOST_VALUES = 200_000;

    private final Problems problems;
    private int values;

    private YamlFile(Problems problems) {
        this.problems = problems;
    }

    /** Empty when the text is no YAML at all; the problem is noted. */
    static Optional<YamlValue> read(byte[] bytes, Problems problems) {
        YamlFile file = new YamlFile(problems);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Iterator<Node> documents = yaml().composeAll(new StringReader(text)).iterator();
            if (!documents.hasNext()) {
                problems.add(1, "", "the file is empty; a recipe has steps:");
                return Optional.empty();
            }
            YamlValue value = file.value(documents.next(), "", 0);
            if (documents.hasNext()) {
                problems.add(line(documents.next()), "", "a second document; a recipe is one");
            }
            return Optional.of(value);
        } catch (CharacterCodingException e) {
            problems.add(1, "", "not UTF-8 text");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "", "not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(1, "", "not valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private YamlValue value(Node node, String field, int depth) {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            throw new YAMLException("nested too deeply, or too many values through aliases");
        }
        if (node instanceof MappingNode) {
            return mapping((MappingNode) node, field, depth);
        }
        if (node instanceof SequenceNode) {
            List<YamlValue> items = new ArrayList<>();
            for (Node item : ((SequenceNode) node).getValue()) {
                items.add(value(item, field + "[" + items.size() + "]", depth + 1));
            }
            return new YamlValue.Sequence(line(node), items);
        }
        return new YamlValue.Scalar(line(node), scalar((ScalarNode) node, field));
    }

    private YamlValue mapping(MappingNode node, String field, int depth) {
        Map<String, YamlValue> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode)) {
                problems.add(line(key), field, "a key must be plain text");
                continue;
            }
            String name = ((ScalarNode) key).getValue();
            String path = field.isEmpty() ? name : field + "." + name;
            if (fields.containsKey(name)) {
                problems.add(line(key), path, "stands here twice");
            }
            fields.put(name, value(tuple.getValueNode(), path, depth + 1));
        }
        return new YamlValue.Mapping(line(node), fields);
    }

    private JsonNode scalar(ScalarNode node, String field) {
        String text = node.getValue();
        if (!node.getTag().equals(Tag.STR) && !node.getTag().equals(Plain.UNRESOLVED)) {
            problems.add(line(node), field, "the tag " + node.getTag().getValue() + " has no meaning in a recipe");
        }
        if (!node.getTag().equals(Plain.UNRESOLVED)) {
            return JsonNodeFactory.instance.textNode(text);
        }
        return CoreSchema.resolve(text).orElseGet(() -> {
            problems.add(line(node), field, text + " is a number that JSON cannot hold");
            return JsonNodeFactory.instance.nullNode();
        });
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static Yaml yaml() {
        LoaderOptions load = new LoaderOptions();
        load.setAllowDuplicateKeys(true);
        load.setNestingDepthLimit(DEEPEST);
        load.setCodePointLimit(4 << 20);
        DumperOptions dump = new DumperOptions();
        return new Yaml(new SafeConstructor(load), new Representer(dump), dump, load, new Plain());
    }

    /** Leaves every plain scalar unresolved, since the library itself knows only YAML 1.1. */
    private static final class Plain extends Resolver {
        static final Tag UNRESOLVED = new Tag("dynoai:plain");

        @Override
        protected void addImplicitResolvers() {
            // none: CoreSchema decides
        }

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar && implicit ? UNRESOLVED : super.resolve(kind, value, implicit);
        }
    }
}
