package dynoai.ingest.log.column;

import dynoai.ingest.log.text.AsciiText;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.PassedOver;
import dynoai.schemas.log.LogDescription.Source;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.Option;
import dynoai.schemas.run.FailureCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Words the rejection of a log that lacks necessary channels: first what is missing, then what was seen in its place. */
public final class MissingColumns {
    private static final int MAX_LISTED_CHARACTERS = 1000;
    private static final int MAX_HEADER_CHARACTERS = 80;
    private static final int MAX_RESEMBLING = 6;
    private static final Set<String> GAUGE_WORDS = Set.of("boost", "gauge", "vacuum");

    private final String log;
    private final ColumnChoice choice;
    private final LogDescription description;
    private final boolean replays;

    /** @param replays whether the log is read as the historical toolkit did, which needs torque or power */
    public MissingColumns(String log, ColumnChoice choice, LogDescription description, boolean replays) {
        this.log = log;
        this.choice = choice;
        this.description = description;
        this.replays = replays;
    }

    /** Returns the rejection of a log without engine speed or manifold pressure. */
    public Rejection rejection() {
        List<Channel> missing = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (Channel channel : List.of(Channel.RPM, Channel.MAP_KPA)) {
            if (!choice.has(channel)) {
                missing.add(channel);
                titles.add(ChannelRules.of(channel).title());
            }
        }
        if (replays && !choice.has(Channel.TORQUE_FTLB) && !choice.has(Channel.POWER_HP)) {
            missing.add(Channel.TORQUE_FTLB);
            missing.add(Channel.POWER_HP);
            titles.add("torque or power");
        }
        List<String> sentences = new ArrayList<>();
        sentences.add("no column for " + String.join(", none for ", titles));
        missing.forEach(channel -> addResembling(sentences, channel));
        addFound(sentences);
        sentences.add("The log was read as " + choice.format().key() + " and has " + listed(description.headers()));
        return Rejection.of(
                FailureCode.MISSING_COLUMNS,
                log,
                0,
                "",
                String.join(". ", sentences),
                missing.stream()
                        .map(channel -> "for " + ChannelRules.of(channel).title() + " a header that contains "
                                + String.join(", ", names(channel)))
                        .collect(Collectors.joining("; ")),
                hint(missing));
    }

    private void addResembling(List<String> sentences, Channel channel) {
        List<PassedOver> resembling = resembling(channel);
        if (!resembling.isEmpty()) {
            int more = resembling.size() - MAX_RESEMBLING;
            sentences.add("Not taken for " + ChannelRules.of(channel).title() + ": "
                    + resembling.stream()
                            .limit(MAX_RESEMBLING)
                            .map(column -> quoted(column.header()) + " (" + column.reason() + ")")
                            .collect(Collectors.joining(", "))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    private List<PassedOver> resembling(Channel channel) {
        return description.passedOver().stream()
                .filter(column -> column.channel() == channel)
                .toList();
    }

    private void addFound(List<String> sentences) {
        Map<Channel, String> found = new LinkedHashMap<>();
        for (Source source : description.sources()) {
            if (source.isColumn()) {
                found.putIfAbsent(source.channel(), source.channel().key() + " in " + quoted(source.header()));
            }
        }
        if (!found.isEmpty()) {
            sentences.add("Found: " + String.join(", ", found.values()));
        }
    }

    /** Returns the number of columns and as many of their headers as a message can hold. */
    static String listed(List<String> headers) {
        StringBuilder listed = new StringBuilder();
        int shown = 0;
        while (shown < headers.size() && listed.length() < MAX_LISTED_CHARACTERS) {
            listed.append(shown == 0 ? "" : ", ").append(quoted(headers.get(shown++)));
        }
        int more = headers.size() - shown;
        return headers.size()
                + (headers.size() == 1 ? " column: " : " columns: ")
                + listed
                + (more > 0 ? " and " + more + " more" : "");
    }

    private Set<String> names(Channel channel) {
        NameLists names = LogFormats.of(choice.format()).names(channel);
        if (!replays) {
            names = names.and(ChannelRules.of(channel).names());
        }
        Set<String> words = new LinkedHashSet<>();
        names.each(name -> words.add(String.join(" ", name.words())));
        return words;
    }

    private String hint(List<Channel> missing) {
        List<Channel> resembled = missing.stream()
                .filter(channel -> !resembling(channel).isEmpty())
                .toList();
        boolean gauge = resembling(Channel.MAP_KPA).stream()
                .anyMatch(column ->
                        HeaderName.of(column.header()).allWords().stream().anyMatch(GAUGE_WORDS::contains));
        String export = "export the log with " + (missing.size() == 1 ? "this channel" : "these channels");
        if (gauge) {
            export = "boost and vacuum are measured against the air outside, so " + export + " as absolute pressure";
        }
        if (replays || gauge || resembled.isEmpty()) {
            return export;
        }
        return export + ", or name the right column with " + Option.COLUMNS.flag() + " "
                + resembled.get(0).key() + "=\"HEADER\"";
    }

    private static String quoted(String header) {
        String text = AsciiText.trim(header);
        return "'"
                + (text.length() > MAX_HEADER_CHARACTERS ? text.substring(0, MAX_HEADER_CHARACTERS) + "…" : text)
                + "'";
    }
}
