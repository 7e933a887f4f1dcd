package dynoai.automation.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON object that is read and changed by dotted paths. A whole number is an index of a list; −1 is its last element. */
final class DottedJson {
    private static final int MAX_NAMES = 200;

    private final ObjectNode root;

    DottedJson(ObjectNode root) {
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

    /** Sets a value and returns the one it replaces. */
    JsonNode set(String path, JsonNode value) {
        String[] names = names(path);
        JsonNode parent = root;
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode next = child(parent, names[i]);
            if (next.isMissingNode() && parent instanceof ObjectNode object) {
                next = object.putObject(names[i]);
            }
            parent = next;
            if (!parent.isContainerNode()) {
                throw new InvalidContextException("cannot set " + path + ": '" + names[i] + "' in this path is "
                        + (parent.isMissingNode() ? "missing" : "not an object but " + shortened(parent)));
            }
        }
        String last = names[names.length - 1];
        JsonNode old = child(parent, last);
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (old.isMissingNode()) {
            throw new InvalidContextException("cannot set " + path + ": the list has no element " + last);
        } else {
            ((ArrayNode) parent).set(position((ArrayNode) parent, last), value);
        }
        return old;
    }

    /** Adds to a list; creates it if there is no value. */
    void append(String path, JsonNode value) {
        JsonNode list = get(path);
        if (list.isMissingNode()) {
            set(path, root.arrayNode().add(value));
        } else if (list instanceof ArrayNode array) {
            array.add(value);
        } else {
            throw new InvalidContextException("cannot append to " + path + ": not a list but " + shortened(list));
        }
    }

    JsonNode delete(String path) {
        JsonNode old = get(path);
        if (old.isMissingNode()) {
            throw new InvalidContextException("nothing at " + path);
        }
        int dot = path.lastIndexOf('.');
        String last = path.substring(dot + 1);
        JsonNode parent = dot < 0 ? root : get(path.substring(0, dot));
        if (parent instanceof ArrayNode list) {
            list.remove(position(list, last));
        } else {
            ((ObjectNode) parent).remove(last);
        }
        return old;
    }

    JsonNode pop(String path, int index) {
        JsonNode list = get(path);
        if (!list.isArray()) {
            throw new InvalidContextException(
                    list.isMissingNode() ? "nothing at " + path : path + " is not a list but " + shortened(list));
        }
        int position = index < 0 ? list.size() + index : index;
        if (position < 0 || position >= list.size()) {
            throw new InvalidContextException(
                    "cannot pop " + index + " from " + path + ": it has " + list.size() + " elements");
        }
        return ((ArrayNode) list).remove(position);
    }

    private static String[] names(String path) {
        String[] names = path.split("\\.", MAX_NAMES + 1);
        if (names.length > MAX_NAMES) {
            throw new InvalidContextException("a path has at most " + MAX_NAMES + " names");
        }
        for (String name : names) {
            if (name.isEmpty()) {
                throw new InvalidContextException(
                        "'" + path + "' is not a path: names are separated by single dots, as in a.b");
            }
        }
        return names;
    }

    private static JsonNode child(JsonNode parent, String name) {
        if (parent instanceof ArrayNode list) {
            int position = position(list, name);
            return position < 0 ? MissingNode.getInstance() : list.path(position);
        }
        return parent.path(name);
    }

    private static int position(ArrayNode list, String name) {
        if (!name.matches("-?[0-9]{1,9}")) {
            return -1;
        }
        int index = Integer.parseInt(name);
        return index < 0 ? list.size() + index : index;
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
