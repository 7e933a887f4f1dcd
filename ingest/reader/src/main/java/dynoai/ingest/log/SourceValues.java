package dynoai.ingest.log;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription.Source;

/**
 * The values of a channel's source in a whole log, before lambdas replace an AFR and before the gates.
 *
 * @param conversion what is done with a value, for example {@code × 100}; empty for nothing
 * @param valid the numbers in the channel's unit; of an AFR only those from 9 to 18 except the sentinel
 * @param invalid the other numbers as they are in the log
 */
public record SourceValues(Source source, String conversion, Range valid, Range invalid) {
    /**
     * @param lowest NaN if there is no value
     * @param highest NaN if there is no value
     */
    public record Range(long count, double lowest, double highest) {}

    /** Collects the values of a source block by block. */
    static final class Survey {
        private final Source source;
        private final int slot;
        private final double factor;
        private final boolean milliseconds;
        private final boolean celsius;
        private final Mixture mixture;
        private final Tally valid = new Tally();
        private final Tally invalid = new Tally();

        Survey(Source source, int column, LogPlan plan) {
            this.source = source;
            this.slot = plan.slots().slotOf(column);
            this.factor = source.channel() == Channel.RPM && plan.isRpmInThousands()
                    ? UnitRules.RPM_PER_THOUSAND
                    : plan.units().factor(source.channel());
            this.milliseconds = source.channel() == Channel.TIME_SECONDS && plan.isTimeInMilliseconds();
            this.celsius = plan.units().isCelsius(source.channel());
            this.mixture = plan.mixture(column);
        }

        void observe(RawBlock block) {
            double[] values = block.values[slot];
            for (int i = 0; i < block.rows; i++) {
                if (Double.isNaN(values[i])) {
                    continue;
                }
                double converted = converted(values[i]);
                if (Double.isNaN(converted)) {
                    invalid.add(values[i]);
                } else {
                    valid.add(converted);
                }
            }
        }

        /** Returns the value in the channel's unit, or NaN if it is not valid. */
        private double converted(double value) {
            if (milliseconds) {
                return UnitRules.seconds(value);
            }
            if (celsius) {
                return UnitRules.fahrenheit(value);
            }
            if (mixture != Mixture.AFR) {
                return mixture.usableAfr(value);
            }
            return source.channel().isAfr() && !Afr.isValid(value) ? Double.NaN : value * factor;
        }

        SourceValues values() {
            return new SourceValues(source, conversion(), valid.range(), invalid.range());
        }

        private String conversion() {
            if (milliseconds) {
                return "/ 1000";
            }
            if (celsius) {
                return "°C to °F";
            }
            return switch (mixture) {
                case LAMBDA -> "× " + Afr.STOICHIOMETRIC;
                case EQUIVALENCE_RATIO -> Afr.STOICHIOMETRIC + " / value";
                default -> factor == 1 ? "" : "× " + UnitRules.plain(factor);
            };
        }
    }

    private static final class Tally {
        private long count;
        private double lowest = Double.NaN;
        private double highest = Double.NaN;

        void add(double value) {
            lowest = count == 0 ? value : Math.min(lowest, value);
            highest = count == 0 ? value : Math.max(highest, value);
            count++;
        }

        Range range() {
            return new Range(count, lowest, highest);
        }
    }
}
