package dynoai.ingest.log;

import dynoai.ingest.log.column.ColumnChoice;
import dynoai.ingest.log.text.LogHead;
import dynoai.ingest.log.text.TextForm;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import dynoai.schemas.log.LogDescription.Source;
import dynoai.schemas.log.Rejection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one log is read: made by {@link LogReader#plan}, used by {@link LogReader#read}. */
public final class LogPlan {
    private final LogHead head;
    private final ColumnChoice choice;
    private final UnitRules units;
    private final LogSurvey.Decisions decisions;
    private final boolean fillsAfrTargets;
    private final double afrDelaySeconds;
    private final SlotMap slots;
    private final boolean frontServesRear;
    private final Map<Channel, List<Replacement>> replacements = new EnumMap<>(Channel.class);
    private final int[] slotOfChannel = new int[Channel.COUNT];
    private final LogDescription description;
    private final @Nullable Rejection rejection;

    LogPlan(
            LogHead head,
            ColumnChoice choice,
            UnitRules units,
            LogSurvey.Decisions decisions,
            boolean fillsAfrTargets,
            double afrDelaySeconds,
            LogDescription description,
            @Nullable Rejection rejection) {
        this.head = head;
        this.choice = choice;
        this.units = units;
        this.decisions = decisions;
        this.fillsAfrTargets = fillsAfrTargets;
        this.afrDelaySeconds = afrDelaySeconds;
        this.description = description;
        this.rejection = rejection;
        this.slots = SlotMap.of(choice.allColumns());
        this.frontServesRear = choice.frontServesRear();
        for (Channel channel : Channel.values()) {
            int column = choice.column(channel);
            slotOfChannel[channel.ordinal()] = isReplacedByItself(channel, column) ? -1 : slots.slotOf(column);
            if (channel.isAfr()) {
                replacements.put(
                        channel,
                        choice.replacements(channel).stream()
                                .map(lambda -> new Replacement(slots.slotOf(lambda), mixture(lambda)))
                                .toList());
            }
        }
    }

    /** Whether a column of lambda serves as AFR: it is read as the first of the lambdas that replace an absent AFR. */
    private boolean isReplacedByItself(Channel channel, int column) {
        return mixture(channel) != Mixture.AFR && choice.replacements(channel).contains(column);
    }

    /** Returns the description for manifest and run log. */
    public LogDescription description() {
        return description;
    }

    /** Returns why the log cannot be analysed, if it cannot. */
    public Optional<Rejection> rejection() {
        return Optional.ofNullable(rejection);
    }

    /** Whether the file begins with a byte order mark. */
    public boolean hasByteOrderMark() {
        return head.form().byteOrderMark();
    }

    /** Returns a survey for each source of the description that is a column. */
    List<SourceValues.Survey> sourceSurveys() {
        return description.sources().stream()
                .filter(Source::isColumn)
                .map(source -> new SourceValues.Survey(source, head.columns().lastIndexOf(source.header()), this))
                .toList();
    }

    LogHead head() {
        return head;
    }

    TextForm form() {
        return head.form();
    }

    /** Position in the text of the first byte that may belong to a row. */
    long bodyOffset() {
        return head.bodyOffset();
    }

    SlotMap slots() {
        return slots;
    }

    int slot(Channel channel) {
        return slotOfChannel[channel.ordinal()];
    }

    UnitRules units() {
        return units;
    }

    boolean fillsAfrTargets() {
        return fillsAfrTargets;
    }

    /** How much later than its row the measured AFR is taken; 0 for not at all. */
    double afrDelaySeconds() {
        return afrDelaySeconds;
    }

    /** Whether the front's measured AFR is the rear's value too. */
    boolean frontServesRear() {
        return frontServesRear;
    }

    /** A column that replaces an invalid AFR. */
    record Replacement(int slot, Mixture mixture) {}

    /** Returns the lambdas that replace an invalid AFR of a channel, in order. */
    List<Replacement> replacements(Channel afr) {
        return replacements.getOrDefault(afr, List.of());
    }

    /** What the channel's column holds; AFR for a channel that is not a mixture. */
    Mixture mixture(Channel channel) {
        return units.converts() && channel.isAfr() ? mixture(choice.column(channel)) : Mixture.AFR;
    }

    /** What a column holds. */
    Mixture mixture(int column) {
        return decisions.mixture(column);
    }

    boolean isRpmInThousands() {
        return decisions.rpmInThousands();
    }

    boolean isTimeInMilliseconds() {
        return units.timeInMilliseconds() || decisions.timeInMilliseconds();
    }

    /** Whether a row needs no torque. */
    boolean weightsByHits() {
        return decisions.weightsByHits();
    }

    /** Returns what carries values into the rows of a sparse log; null for other logs. */
    @Nullable
    CarriedValues carriedValues() {
        return decisions.sparse()
                ? new CarriedValues(slots.count(), slot(Channel.TIME_SECONDS), isTimeInMilliseconds())
                : null;
    }

    RowParser parser() {
        return new RowParser(head.delimiter(), units.decimalComma(), slots, slot(Channel.TIME_SECONDS));
    }
}
