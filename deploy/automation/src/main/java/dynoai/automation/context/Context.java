package dynoai.automation.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * JSON state that steps share, with the history of every change. Paths are dotted: after {@code set("metrics.mean_v1",
 * 1.23, "compute")} the value of {@code metrics} is {@code {"mean_v1":1.23}}.
 *
 * <p>Thread-safe. Values are copied on the way in and out. A step works on a {@link #branch} that has the changes of its
 * predecessors; its own changes are replayed here only when it succeeds.
 */
public final class Context {
    private final Object lock = new Object();
    private final DottedJson tree;
    private final List<Change> changes;
    private final int branchPoint;
    private final boolean keepsHistory;
    private final Consumer<String> notes;

    public Context() {
        this(JsonNodeFactory.instance.objectNode(), new ArrayList<>(), true, note -> {});
    }

    private Context(ObjectNode root, List<Change> changes, boolean keepsHistory, Consumer<String> notes) {
        this.tree = new DottedJson(root);
        this.changes = changes;
        this.branchPoint = changes.size();
        this.keepsHistory = keepsHistory;
        this.notes = notes;
    }

    /** Returns a Context with these values that keeps no history, for a server that runs for months. */
    public static Context withoutHistory(ObjectNode values) {
        ObjectNode root = (ObjectNode) StrictJson.of(values, "the Context");
        return new Context(root, new ArrayList<>(), false, note -> {});
    }

    /** Sets the value at a path and creates missing objects in it. */
    public void set(String path, Object value, String who) {
        JsonNode json = StrictJson.of(value, "the value for '" + path + "'");
        synchronized (lock) {
            JsonNode old = tree.set(path, json);
            record(who, Change.Kind.SET, path, old, json, 0);
        }
    }

    /** Returns the value at a path; a missing node, whose text is empty, if nothing is there. */
    public JsonNode get(String path) {
        synchronized (lock) {
            return copy(tree.get(path));
        }
    }

    public boolean has(String path) {
        synchronized (lock) {
            return !tree.get(path).isMissingNode();
        }
    }

    /** Adds to the list at a path; creates it if there is no value. */
    public void append(String path, Object value, String who) {
        JsonNode json = StrictJson.of(value, "the value for '" + path + "'");
        synchronized (lock) {
            tree.append(path, json);
            record(who, Change.Kind.APPEND, path, MissingNode.getInstance(), json, 0);
        }
    }

    /** Removes the value at a path and returns it. */
    public JsonNode delete(String path, String who) {
        synchronized (lock) {
            JsonNode old = tree.delete(path);
            record(who, Change.Kind.DELETE, path, old, MissingNode.getInstance(), 0);
            return old;
        }
    }

    /** Removes one element of the list at a path and returns it; −1 is the last one. */
    public JsonNode pop(String path, int index, String who) {
        synchronized (lock) {
            JsonNode old = tree.pop(path, index);
            record(who, Change.Kind.POP, path, old, MissingNode.getInstance(), index);
            return old;
        }
    }

    /** Returns every change at exactly this path, oldest first. */
    public List<Change> getHistory(String path) {
        synchronized (lock) {
            return changes.stream().filter(change -> change.path().equals(path)).toList();
        }
    }

    /** Returns when the value at exactly this path was last changed; empty if never. */
    public Optional<Instant> lastModified(String path) {
        List<Change> history = getHistory(path);
        return history.isEmpty()
                ? Optional.empty()
                : Optional.of(history.get(history.size() - 1).at());
    }

    /** Returns a copy of all values. */
    public ObjectNode toMap() {
        synchronized (lock) {
            return tree.root().deepCopy();
        }
    }

    /** Writes a line to the log of the step that has this Context. */
    public void note(String line) {
        notes.accept(line);
    }

    /** Returns a copy to work on. Its {@link #ownChanges} can be replayed here or on another branch. */
    public Context branch() {
        return branch(notes);
    }

    /** Returns a copy to work on whose notes go to {@code notes}. */
    public Context branch(Consumer<String> notes) {
        synchronized (lock) {
            return new Context(tree.root().deepCopy(), new ArrayList<>(changes), true, notes);
        }
    }

    /** Returns the changes since this branch was made. */
    public List<Change> ownChanges() {
        synchronized (lock) {
            return List.copyOf(changes.subList(branchPoint, changes.size()));
        }
    }

    /**
     * Applies the changes of a branch, with their own time and author. A removal is skipped if the value is already removed.
     */
    public void replay(List<Change> made) {
        synchronized (lock) {
            for (Change change : made) {
                replay(change);
            }
        }
    }

    private void replay(Change change) {
        String path = change.path();
        JsonNode there = tree.get(path);
        JsonNode old = MissingNode.getInstance();
        switch (change.kind()) {
            case SET -> old = tree.set(path, copy(change.newValue()));
            case APPEND -> tree.append(path, copy(change.newValue()));
            case DELETE -> {
                if (there.isMissingNode()) {
                    return;
                }
                old = tree.delete(path);
            }
            case POP -> {
                int index = change.index();
                if (!there.isArray() || (index < 0 ? -index : index + 1) > there.size()) {
                    return;
                }
                old = tree.pop(path, index);
            }
        }
        if (keepsHistory) {
            changes.add(
                    new Change(change.at(), change.who(), change.kind(), path, old, change.newValue(), change.index()));
        }
    }

    private void record(String who, Change.Kind kind, String path, JsonNode old, JsonNode value, int index) {
        if (keepsHistory) {
            changes.add(new Change(Instant.now(), who, kind, path, copy(old), copy(value), index));
        }
    }

    private static JsonNode copy(JsonNode node) {
        return node.isContainerNode() ? node.deepCopy() : node;
    }
}
