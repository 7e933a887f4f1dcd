package dynoai.ingest.log.column;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of a channel, in order. */
record NameLists(List<NamePattern> strong, List<NamePattern> weak) {
    static final NameLists NONE = new NameLists(List.of(), List.of());

    static NameLists of(String... strong) {
        return new NameLists(patterns(strong), List.of());
    }

    NameLists weak(String... names) {
        return new NameLists(strong, patterns(names));
    }

    NameLists exactly(String name) {
        return new NameLists(joined(strong, List.of(NamePattern.exactly(name))), weak);
    }

    NameLists and(NameLists others) {
        return new NameLists(joined(strong, others.strong), joined(weak, others.weak));
    }

    /** Returns the names with the cylinder's word before or behind them, then those without. */
    NameLists withCylinders() {
        return new NameLists(withCylinders(strong), withCylinders(weak));
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

    Stream<NamePattern> all() {
        return Stream.concat(strong.stream(), weak.stream());
    }

    @Override
    public String toString() {
        return all().map(NamePattern::toString).collect(Collectors.joining(", "));
    }

    private static List<NamePattern> patterns(String... names) {
        return Stream.of(names).map(NamePattern::of).toList();
    }

    private static List<NamePattern> joined(List<NamePattern> some, List<NamePattern> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
