package dynoai.ingest.log.column;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All names of a channel in a format, made once for all logs.
 *
 * @param names of the format, then those of every format
 * @param keys one word of each name; a header without any of them has none of the names
 * @param speaking words that say something about the channel
 */
record ChannelNames(NameLists names, Set<String> keys, Set<String> speaking) {
    /** Words that say something about every channel. */
    private static final List<String> ALWAYS_SPEAKING = List.of(
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
            "lc1",
            "lc2",
            "volts",
            "petrol",
            "pressure",
            "ratio");

    /** By the names of a format, several formats may share them. */
    private static final IdentityHashMap<Map<Channel, NameLists>, Map<Channel, ChannelNames>> ALL = all();

    /** @param channel of a cylinder's channels the one of the front */
    static ChannelNames of(FormatDescription format, Channel channel) {
        return Objects.requireNonNull(
                Objects.requireNonNull(ALL.get(format.names())).get(channel));
    }

    private static IdentityHashMap<Map<Channel, NameLists>, Map<Channel, ChannelNames>> all() {
        IdentityHashMap<Map<Channel, NameLists>, Map<Channel, ChannelNames>> all = new IdentityHashMap<>();
        for (FormatDescription format : LogFormats.VOCABULARIES) {
            Map<Channel, ChannelNames> byChannel = new EnumMap<>(Channel.class);
            for (Channel channel : ChannelRules.channels()) {
                byChannel.put(channel, make(format, channel));
            }
            all.put(format.names(), byChannel);
        }
        return all;
    }

    private static ChannelNames make(FormatDescription format, Channel channel) {
        NameLists ofEveryFormat = ChannelRules.of(channel).names();
        NameLists names = format.names(channel).and(ofEveryFormat);
        if (channel.isAfr()) {
            names = names.withCylinders();
        }
        Set<String> keys = new HashSet<>();
        names.each(name -> keys.add(name.key()));
        Set<String> speaking = new HashSet<>(ALWAYS_SPEAKING);
        ofEveryFormat.each(name -> speaking.addAll(name.words()));
        for (FormatDescription other : LogFormats.VOCABULARIES) {
            other.names(channel).each(name -> speaking.addAll(name.words()));
        }
        return new ChannelNames(names, keys, speaking);
    }

    /** Whether a header may have a name of a channel in any format; false for most, without taking it apart. */
    static boolean mayContain(String header, Channel channel) {
        String lower = header.toLowerCase(Locale.ROOT);
        for (FormatDescription format : LogFormats.VOCABULARIES) {
            for (String key : of(format, channel).keys()) {
                if (lower.contains(key)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns the best match of a header, or null.
     *
     * @param own the cylinder that the header names, or null
     * @param cylinder words of the header that name the wanted cylinder
     */
    @Nullable
    Match match(int column, HeaderName header, @Nullable Cylinder own, Set<String> cylinder) {
        List<Integer> strong = mayMatch(names.strong(), header);
        List<Integer> weak = mayMatch(names.weak(), header);
        List<Integer> last = mayMatch(names.last(), header);
        for (Match.Pass pass : Match.Pass.ALL) {
            boolean isLast = pass == Match.Pass.EQUAL_LAST;
            List<NamePattern> wanted = isLast ? names.last() : pass.isStrong() ? names.strong() : names.weak();
            for (int i : isLast ? last : pass.isStrong() ? strong : weak) {
                int empty = emptyWords(pass, wanted.get(i), header, cylinder);
                if (empty == 0 || empty > 0 && pass == Match.Pass.CONTAINS_STRONG) {
                    int name =
                            pass == Match.Pass.CONTAINS_STRONG ? (wanted.get(i).namesCylinder() ? 0 : 1) : i;
                    return new Match(column, header.header(), own, pass, name, empty);
                }
            }
        }
        return null;
    }

    /** Returns the positions of the names whose key the header has. */
    private static List<Integer> mayMatch(List<NamePattern> names, HeaderName header) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (header.allWords().contains(names.get(i).key())) {
                positions.add(i);
            }
        }
        return positions;
    }

    /** Returns the header's words that say nothing if it matches in the pass, else -1. */
    private int emptyWords(Match.Pass pass, NamePattern name, HeaderName header, Set<String> cylinder) {
        int fewest = -1;
        for (List<String> words : header.forms()) {
            if (pass.isContaining() && name.isIn(words, cylinder)) {
                int empty = emptyWords(words);
                fewest = fewest < 0 ? empty : Math.min(fewest, empty);
            } else if (!pass.isContaining()
                    && name.equals(words, cylinder)
                    && (!pass.isWithSource() || name.source().equals(header.source()))) {
                return 0;
            }
        }
        return fewest;
    }

    private int emptyWords(List<String> words) {
        int empty = 0;
        for (String word : words) {
            empty += speaking.contains(word) ? 0 : 1;
        }
        return empty;
    }
}
