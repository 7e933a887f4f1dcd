package dynoai.schemas.yaml;

import dynoai.schemas.file.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads and writes YAML 1.2 with its core schema. Unlike in YAML 1.1, {@code yes}, {@code on} and {@code 12:30} are text, {@code 010} is
 * ten and {@code 0o10} is eight. Tags are rejected.
 */
public final class Yaml {
    private static final int MAX_DEPTH = 60;
    private static final int MAX_VALUES = 200_000;
    private static final int MAX_CHARACTERS = 4 << 20;
    private static final int MAX_FILE_BYTES = 4 * MAX_CHARACTERS;
    private static final int MAX_DIGITS = 200;
    private static final CoreSchema SCHEMA = new CoreSchema();
    private static final Map<Tag, ConstructNode> CONSTRUCTORS = SCHEMA.getSchemaTagConstructors();

    private static final DumpSettings DUMP = DumpSettings.builder()
            .setSchema(SCHEMA)
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .build();

    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private int values;

    private Yaml(Iterator<Event> events) {
        this.events = events;
    }

    /**
     * Reads a text of at most one document.
     *
     * @return the document, or empty for an empty file
     * @throws YamlException if the text is not valid, or a number has no place in JSON
     */
    public static Optional<YamlNode> read(byte[] bytes) throws YamlException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build();
            return new Yaml(new Parse(settings).parseString(text).iterator()).document();
        } catch (CharacterCodingException e) {
            throw new YamlException(1, "", "not UTF-8 text");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new YamlException(line, "", "not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new YamlException(1, "", "not valid YAML: " + e.getMessage());
        }
    }

    /**
     * Reads a file of one mapping; an empty file is an empty mapping.
     *
     * @throws IOException if the file cannot be read, is not a regular file or is not a mapping in YAML
     */
    public static Map<String, @Nullable Object> readMapping(Path file) throws IOException {
        return readMapping(file, SmallFile.read(file, MAX_FILE_BYTES));
    }

    /**
     * Reads the bytes of a file of one mapping.
     *
     * @param file for messages
     * @throws IOException if they are not a mapping in YAML
     */
    public static Map<String, @Nullable Object> readMapping(Path file, byte[] bytes) throws IOException {
        Optional<YamlNode> document = read(bytes).filter(node -> node.value() != null);
        if (document.isEmpty()) {
            return Map.of();
        }
        if (document.get() instanceof YamlNode.Mapping mapping) {
            return mapping.value();
        }
        throw new IOException(file.getFileName() + " is not a mapping of keys to values");
    }

    /** Returns a mapping of texts, numbers, booleans, lists and mappings as YAML. */
    public static byte[] write(Map<String, ?> mapping) {
        return new Dump(DUMP).dumpToString(mapping).getBytes(StandardCharsets.UTF_8);
    }

    private Optional<YamlNode> document() throws YamlException {
        events.next(); // start of the stream
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            return Optional.empty();
        }
        YamlNode document = node(events.next(), "", 0);
        events.next(); // end of the document
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            throw new YamlException(line(next), "", "a second document; there may be only one");
        }
        return Optional.of(document);
    }

    private YamlNode node(Event event, String field, int depth) throws YamlException {
        if (event instanceof AliasEvent alias) {
            @Nullable YamlNode target = anchors.get(alias.getAlias());
            if (target == null) {
                throw new YamlException(line(event), field, "there is no value with the anchor " + alias.getAlias());
            }
            count(target, event, field, depth);
            return target;
        }
        count(event, field, depth);
        YamlNode node;
        if (event instanceof MappingStartEvent start) {
            requireNoTag(start.getTag(), event, field);
            node = mapping(line(event), field, depth);
        } else if (event instanceof SequenceStartEvent start) {
            requireNoTag(start.getTag(), event, field);
            node = sequence(line(event), field, depth);
        } else {
            node = new YamlNode.Scalar(line(event), scalar((ScalarEvent) event, field));
        }
        ((NodeEvent) event).getAnchor().ifPresent(name -> anchors.put(name, node));
        return node;
    }

    private void count(Event event, String field, int depth) throws YamlException {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw new YamlException(line(event), field, "nested too deeply, or too many values");
        }
    }

    /** Counts the values below an alias. */
    private void count(YamlNode target, Event alias, String field, int depth) throws YamlException {
        count(alias, field, depth);
        Collection<YamlNode> children = List.of();
        if (target instanceof YamlNode.Sequence sequence) {
            children = sequence.items();
        } else if (target instanceof YamlNode.Mapping mapping) {
            children = mapping.fields().values();
        }
        for (YamlNode child : children) {
            count(child, alias, field, depth + 1);
        }
    }

    private YamlNode sequence(int line, String field, int depth) throws YamlException {
        List<YamlNode> items = new ArrayList<>();
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            items.add(node(item, field + "[" + items.size() + "]", depth + 1));
        }
        return new YamlNode.Sequence(line, List.copyOf(items));
    }

    private YamlNode mapping(int line, String field, int depth) throws YamlException {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            if (!(key instanceof ScalarEvent name)) {
                throw new YamlException(line(key), field, "a key must be plain text");
            }
            String path = field.isEmpty() ? name.getValue() : field + "." + name.getValue();
            if (fields.containsKey(name.getValue())) {
                throw new YamlException(line(key), path, "given twice");
            }
            fields.put(name.getValue(), node(events.next(), path, depth + 1));
        }
        return new YamlNode.Mapping(line, Collections.unmodifiableMap(fields));
    }

    private static @Nullable Object scalar(ScalarEvent event, String field) throws YamlException {
        requireNoTag(event.getTag(), event, field);
        String text = event.getValue();
        Tag tag = SCHEMA.getScalarResolver().resolve(text, event.isPlain());
        @Nullable ConstructNode constructor = CONSTRUCTORS.get(tag);
        if (constructor == null || tag.equals(Tag.STR)) {
            return text;
        }
        if (tag.equals(Tag.INT) && text.length() > MAX_DIGITS) {
            throw new YamlException(line(event), field, "a number of more than " + MAX_DIGITS + " digits");
        }
        Object value = constructor.construct(new ScalarNode(tag, text, event.getScalarStyle()));
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new YamlException(line(event), field, text + " is a number that JSON cannot hold");
        }
        return value;
    }

    private static void requireNoTag(Optional<String> tag, Event event, String field) throws YamlException {
        if (tag.isPresent()) {
            throw new YamlException(line(event), field, "the tag " + tag.get() + " has no meaning here");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
