package dynoai.ingest.log.column;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription.PassedOver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the headers of a log with the names of channels. Of columns with the same header, the last one is read. */
final class ColumnSearch {
    /** Words that say something about every channel. */
    private static final Set<String> SPEAKING = Set.of(
            "engine",
            "motor",
            "ecu",
            "sae",
            "actual",
            "current",
            "avg",
            "average",
            "corrected",
            "uncorrected",
            "manifold",
            "absolute",
            "intake",
            "air",
            "sensor",
            "measured",
            "front",
            "rear",
            "f",
            "r",
            "1",
            "2",
            "volts",
            "petrol",
            "pressure",
            "ratio");

    private final Map<Integer, HeaderName> headers = new LinkedHashMap<>();
    private final Map<Integer, Set<Cylinder>> cylinders = new HashMap<>();
    private final FormatDescription format;

    /** @param unitsBelow the cells of the units row, by column; empty without a units row */
    ColumnSearch(List<String> columns, List<String> unitsBelow, FormatDescription format) {
        this.format = format;
        Map<String, Integer> last = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            last.put(columns.get(i), i);
        }
        Set<List<String>> allWords = new HashSet<>();
        last.forEach((header, column) -> {
            HeaderName name = HeaderName.of(header, column < unitsBelow.size() ? unitsBelow.get(column) : "");
            headers.put(column, name);
            allWords.add(name.words());
        });
        headers.forEach((column, header) -> {
            cylinders.put(column, header.cylinders(allWords));
        });
    }

    FormatDescription format() {
        return format;
    }

    Map<Integer, HeaderName> headers() {
        return headers;
    }

    HeaderName header(int column) {
        return Objects.requireNonNull(headers.get(column));
    }

    /** Returns the cylinder that a header names, or null if it names none or both. */
    @Nullable
    Cylinder cylinder(int column) {
        Set<Cylinder> named = cylinders.getOrDefault(column, Set.of());
        return named.size() == 1 ? named.iterator().next() : null;
    }

    /** Returns the matches of a channel, best first: by the format's names, or else by those of the other formats. */
    List<Match> matches(Channel channel, Cylinder cylinder) {
        List<Match> matches = matches(format, channel, cylinder);
        Set<Map<Channel, NameLists>> searched = new HashSet<>(Set.of(format.names()));
        for (FormatDescription other : LogFormats.ALL) {
            if (matches.isEmpty() && searched.add(other.names())) {
                matches = matches(other, channel, cylinder);
            }
        }
        return matches;
    }

    private List<Match> matches(FormatDescription from, Channel channel, Cylinder cylinder) {
        ChannelRules rules = ChannelRules.of(channel);
        NameLists names = from.names().getOrDefault(channel, NameLists.NONE).and(rules.names());
        if (isMixture(channel)) {
            names = names.withCylinders();
        }
        Set<String> speaking = speaking(channel, rules);
        List<Match> matches = new ArrayList<>();
        for (Map.Entry<Integer, HeaderName> entry : headers.entrySet()) {
            HeaderName header = entry.getValue();
            Cylinder own = cylinder(entry.getKey());
            Set<Cylinder> named = cylinders.getOrDefault(entry.getKey(), Set.of());
            boolean others = isOfCylinder(channel) && named.stream().anyMatch(other -> other != cylinder);
            if (others || !rules.allowsUnit(header.unit()) || rules.neverWord(header) != null) {
                continue;
            }
            Match match = match(entry.getKey(), header, own, names, cylinder, speaking);
            if (match != null) {
                matches.add(match);
            }
        }
        matches.sort(null);
        return matches;
    }

    private static @Nullable Match match(
            int column,
            HeaderName header,
            @Nullable Cylinder own,
            NameLists names,
            Cylinder cylinder,
            Set<String> speaking) {
        for (Match.Pass pass : Match.Pass.values()) {
            boolean strong = pass == Match.Pass.EQUAL_STRONG_WITH_SOURCE
                    || pass == Match.Pass.EQUAL_STRONG
                    || pass == Match.Pass.CONTAINS_STRONG;
            List<NamePattern> wanted = strong ? names.strong() : names.weak();
            for (int i = 0; i < wanted.size(); i++) {
                int empty = emptyWords(pass, wanted.get(i), header, cylinder, speaking);
                if (empty == 0 || empty > 0 && pass == Match.Pass.CONTAINS_STRONG) {
                    int name = pass == Match.Pass.CONTAINS_STRONG ? 0 : i;
                    return new Match(column, header.header(), own, pass, name, empty);
                }
            }
        }
        return null;
    }

    /** Returns the header's words that say nothing if it matches in the pass, else -1. */
    private static int emptyWords(
            Match.Pass pass, NamePattern name, HeaderName header, Cylinder cylinder, Set<String> speaking) {
        boolean contains = pass == Match.Pass.CONTAINS_STRONG || pass == Match.Pass.CONTAINS_WEAK;
        boolean withSource = pass == Match.Pass.EQUAL_STRONG_WITH_SOURCE || pass == Match.Pass.EQUAL_WEAK_WITH_SOURCE;
        int fewest = -1;
        for (List<String> words : header.forms()) {
            if (contains && name.indexIn(words, cylinder) >= 0) {
                int empty = (int)
                        words.stream().filter(word -> !speaking.contains(word)).count();
                fewest = fewest < 0 ? empty : Math.min(fewest, empty);
            } else if (!contains
                    && name.equals(words, cylinder)
                    && (!withSource || name.source().equals(header.source()))) {
                return 0;
            }
        }
        return fewest;
    }

    private static Set<String> speaking(Channel channel, ChannelRules rules) {
        Stream<NameLists> all = Stream.concat(
                Stream.of(rules.names()),
                LogFormats.ALL.stream().map(format -> format.names().getOrDefault(channel, NameLists.NONE)));
        Set<String> words = all.flatMap(NameLists::all)
                .flatMap(name -> name.words().stream())
                .collect(Collectors.toCollection(HashSet::new));
        words.addAll(SPEAKING);
        words.add("lc1");
        words.add("lc2");
        return words;
    }

    private static boolean isMixture(Channel channel) {
        return channel == Channel.COMMANDED_AFR_FRONT || channel == Channel.MEASURED_AFR_FRONT;
    }

    private static boolean isOfCylinder(Channel channel) {
        return isMixture(channel) || channel == Channel.KNOCK_RETARD_FRONT_DEG;
    }

    /** Returns the columns that may be meant for a channel that has none, with the reason why they were not taken. */
    List<PassedOver> resembling(Channel channel, ChannelRules rules, Collection<Integer> taken) {
        List<PassedOver> seen = new ArrayList<>();
        headers.forEach((column, header) -> {
            if (header.allWords().stream().noneMatch(rules.resembling()::contains)) {
                return;
            }
            String reason = whyNever(header, rules);
            if (reason != null) {
                seen.add(new PassedOver(channel, header.header(), reason));
            } else if (!taken.contains(column)) {
                seen.add(new PassedOver(channel, header.header(), "its name is not one of " + rules.title()));
            }
        });
        return seen;
    }

    private static @Nullable String whyNever(HeaderName header, ChannelRules rules) {
        String never = rules.neverWord(header);
        if (never != null) {
            return "it has the word '" + never + "', which is never " + rules.title();
        }
        return rules.allowsUnit(header.unit())
                ? null
                : "its unit " + header.unitText() + " is not one of "
                        + Objects.requireNonNull(rules.quantity()).title();
    }
}
