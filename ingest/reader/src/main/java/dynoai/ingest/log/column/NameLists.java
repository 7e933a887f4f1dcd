package dynoai.ingest.log.column;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * The names of a channel, in order.
 *
 * @param last names that a header must equal, and that count only where no other name is found
 */
record NameLists(List<NamePattern> strong, List<NamePattern> weak, List<NamePattern> last) {
    static final NameLists NONE = new NameLists(List.of(), List.of(), List.of());

    static NameLists of(String... strong) {
        return new NameLists(patterns(strong), List.of(), List.of());
    }

    NameLists weak(String... names) {
        return new NameLists(strong, patterns(names), last);
    }

    NameLists exactly(String name) {
        return new NameLists(joined(strong, List.of(NamePattern.exactly(name))), weak, last);
    }

    NameLists last(String name) {
        return new NameLists(strong, weak, List.of(NamePattern.of(name)));
    }

    NameLists and(NameLists others) {
        return new NameLists(joined(strong, others.strong), joined(weak, others.weak), joined(last, others.last));
    }

    /** Returns the names with the cylinder's word before or behind them, then those without. */
    NameLists withCylinders() {
        return new NameLists(withCylinders(strong), withCylinders(weak), last);
    }

    private static List<NamePattern> withCylinders(List<NamePattern> names) {
        List<NamePattern> marked = new ArrayList<>();
        List<NamePattern> unmarked = new ArrayList<>();
        for (NamePattern name : names) {
            if (name.namesCylinder()) {
                marked.add(name);
            } else {
                marked.addAll(name.withCylinder());
                unmarked.add(name);
            }
        }
        return joined(marked, unmarked);
    }

    void each(Consumer<NamePattern> action) {
        strong.forEach(action);
        weak.forEach(action);
        last.forEach(action);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        each(name -> text.add(name.toString()));
        return text.toString();
    }

    private static List<NamePattern> patterns(String... names) {
        List<NamePattern> patterns = new ArrayList<>();
        for (String name : names) {
            patterns.add(NamePattern.of(name));
        }
        return List.copyOf(patterns);
    }

    private static List<NamePattern> joined(List<NamePattern> some, List<NamePattern> more) {
        List<NamePattern> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
