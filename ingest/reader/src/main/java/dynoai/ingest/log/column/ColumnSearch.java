package dynoai.ingest.log.column;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription.PassedOver;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the headers of a log with the names of channels. Of columns with the same header, the last one is read. */
final class ColumnSearch {
    private final Map<Integer, HeaderName> headers = new LinkedHashMap<>();
    private final Map<Integer, Map<Cylinder, Set<String>>> cylinders = new HashMap<>();
    /** By word: the positions among the headers of those that have it. */
    private final Map<String, BitSet> positions = new HashMap<>();

    private final List<Integer> columns;
    private final FormatDescription format;
    private final List<FormatDescription> vocabularies;

    /** @param unitsBelow the cells of the units row, by column; empty without a units row */
    ColumnSearch(List<String> cells, List<String> unitsBelow, FormatDescription format) {
        this.format = format;
        this.vocabularies = LogFormats.vocabularies(format);
        Map<String, Integer> last = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            last.put(cells.get(i), i);
        }
        Set<List<String>> allWords = new HashSet<>();
        last.forEach((header, column) -> {
            HeaderName name = HeaderName.of(header, column < unitsBelow.size() ? unitsBelow.get(column) : "");
            for (String word : name.allWords()) {
                positions.computeIfAbsent(word, w -> new BitSet()).set(headers.size());
            }
            headers.put(column, name);
            allWords.add(name.words());
        });
        columns = List.copyOf(headers.keySet());
        headers.forEach((column, header) -> cylinders.put(column, header.cylinders(allWords)));
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
        Set<Cylinder> named = cylinders.getOrDefault(column, Map.of()).keySet();
        return named.size() == 1 ? named.iterator().next() : null;
    }

    /** Returns the formats by whose names columns are searched, the log's own first. */
    List<FormatDescription> vocabularies() {
        return vocabularies;
    }

    /** Returns the matches of a channel, best first: by the format's names, or else by those of the other formats. */
    List<Match> matches(Channel channel, Cylinder cylinder) {
        List<Match> matches = List.of();
        for (FormatDescription vocabulary : vocabularies) {
            if (matches.isEmpty()) {
                matches = matches(vocabulary, channel, cylinder);
            }
        }
        return matches;
    }

    /** Returns the matches of a channel by the names of one format, best first. */
    List<Match> matches(FormatDescription from, Channel channel, Cylinder cylinder) {
        ChannelRules rules = ChannelRules.of(channel);
        ChannelNames names = ChannelNames.of(from, channel);
        List<Match> matches = new ArrayList<>();
        BitSet having = having(names.keys());
        for (int at = having.nextSetBit(0); at >= 0; at = having.nextSetBit(at + 1)) {
            int column = columns.get(at);
            HeaderName header = header(column);
            Cylinder own = cylinder(column);
            if (channel.cylinder() != null && isOfOther(column, cylinder)) {
                continue;
            }
            Match match = names.match(
                    column,
                    header,
                    own,
                    cylinders.getOrDefault(column, Map.of()).getOrDefault(cylinder, Set.of()));
            if (match != null && rules.allows(header)) {
                matches.add(match);
            }
        }
        matches.sort(null);
        return matches;
    }

    /** Returns the positions of the headers that have one of the words. */
    private BitSet having(Set<String> words) {
        BitSet having = new BitSet();
        for (String word : words) {
            BitSet at = positions.get(word);
            if (at != null) {
                having.or(at);
            }
        }
        return having;
    }

    private boolean isOfOther(int column, Cylinder cylinder) {
        for (Cylinder named : cylinders.getOrDefault(column, Map.of()).keySet()) {
            if (named != cylinder) {
                return true;
            }
        }
        return false;
    }

    /** Returns the columns that may be meant for a channel that has none, with the reason why they were not taken. */
    List<PassedOver> resembling(Channel channel, Collection<Integer> taken) {
        ChannelRules rules = ChannelRules.of(channel);
        List<PassedOver> seen = new ArrayList<>();
        headers.forEach((column, header) -> {
            if (Collections.disjoint(header.allWords(), rules.resembling())) {
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
