package dynoai.automation.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON object read and changed by dotted paths. A whole number steps into a list, negative ones count from its end. */
final class JsonTree {
    private static final int LONGEST_PATH = 200;

    private final ObjectNode root;

    JsonTree(ObjectNode root) {
        this.root = root;
    }

    ObjectNode root() {
        return root;
    }

    JsonNode get(String path) {
        JsonNode node = root;
        for (String name : names(path)) {
            node = child(node, name);
        }
        return node;
    }

    /** @return what was there before */
    JsonNode set(String path, JsonNode value) {
        String[] names = names(path);
        JsonNode parent = root;
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode next = child(parent, names[i]);
            if (next.isMissingNode() && parent.isObject()) {
                next = ((ObjectNode) parent).putObject(names[i]);
            }
            parent = next;
            if (!parent.isContainerNode()) {
                throw new InvalidContextException("cannot set " + path + ": '" + names[i] + "' on the way there is "
                        + (parent.isMissingNode() ? "missing" : "no object but " + shortly(parent)));
            }
        }
        String last = names[names.length - 1];
        JsonNode old = child(parent, last);
        if (parent.isObject()) {
            ((ObjectNode) parent).set(last, value);
        } else if (old.isMissingNode()) {
            throw new InvalidContextException("cannot set " + path + ": the list there has no element " + last);
        } else {
            ((ArrayNode) parent).set(position((ArrayNode) parent, last), value);
        }
        return old;
    }

    /** Adds to the list at the path; where there is nothing yet, begins one. */
    void append(String path, JsonNode value) {
        JsonNode list = get(path);
        if (list.isMissingNode()) {
            list = JsonNodeFactory.instance.arrayNode();
            set(path, list);
        }
        if (!list.isArray()) {
            throw new InvalidContextException("cannot append to " + path + ": it is no list but " + shortly(list));
        }
        ((ArrayNode) list).add(value);
    }

    JsonNode delete(String path) {
        String[] names = names(path);
        JsonNode parent = root;
        for (int i = 0; i < names.length - 1; i++) {
            parent = child(parent, names[i]);
        }
        String last = names[names.length - 1];
        JsonNode old = child(parent, last);
        if (old.isMissingNode()) {
            throw new InvalidContextException("nothing at " + path);
        }
        if (parent.isObject()) {
            ((ObjectNode) parent).remove(last);
        } else {
            ((ArrayNode) parent).remove(position((ArrayNode) parent, last));
        }
        return old;
    }

    JsonNode pop(String path, int index) {
        JsonNode list = get(path);
        if (!list.isArray()) {
            throw new InvalidContextException(
                    list.isMissingNode() ? "nothing at " + path : path + " is no list but " + shortly(list));
        }
        int position = index < 0 ? list.size() + index : index;
        if (position < 0 || position >= list.size()) {
            throw new InvalidContextException(
                    "cannot pop " + index + " from " + path + ": it has " + list.size() + " elements");
        }
        return ((ArrayNode) list).remove(position);
    }

    private static String[] names(String path) {
        String[] names = path.split("\\.", LONGEST_PATH + 1);
        if (names.length > LONGEST_PATH) {
            throw new InvalidContextException("a path has at most " + LONGEST_PATH + " names");
        }
        for (String name : names) {
            if (name.isEmpty()) {
                throw new InvalidContextException(
                        "'" + path + "' is no path: names are separated by single dots, as in a.b");
            }
        }
        return names;
    }

    private static JsonNode child(JsonNode parent, String name) {
        if (parent.isObject()) {
            return parent.path(name);
        }
        if (parent.isArray()) {
            int position = position((ArrayNode) parent, name);
            return position < 0 ? MissingNode.getInstance() : parent.path(position);
        }
        return MissingNode.getInstance();
    }

    private static int position(ArrayNode list, String name) {
        if (!name.matches("-?[0-9]{1,9}")) {
            return -1;
        }
        int index = Integer.parseInt(name);
        return index < 0 ? list.size() + index : index;
    }

    private static String shortly(JsonNode node) {
        String text = node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
