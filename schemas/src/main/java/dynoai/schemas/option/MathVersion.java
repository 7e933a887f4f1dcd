package dynoai.schemas.option;

import org.jspecify.annotations.Nullable;

/** The formula from a measured air-fuel ratio to a fuelling correction in percent. */
public enum MathVersion {
    /** The exact fuel mass balance. A lean cell is positive: add fuel. */
    V2_0_0("2.0.0") {
        @Override
        public double correctionPercent(double commandedAfr, double measuredAfr) {
            return (measuredAfr / commandedAfr - 1) * 100;
        }
    },
    /** The legacy rule: 7 % for each point of AFR. */
    V1_0_0("1.0.0") {
        @Override
        public double correctionPercent(double commandedAfr, double measuredAfr) {
            return (measuredAfr - commandedAfr) * 7;
        }
    },
    /** Replays the historical toolkit bit for bit. Its sign is inverted for fuelling: lean is negative. */
    TOOLKIT_1_2("toolkit-1.2") {
        @Override
        public double correctionPercent(double commandedAfr, double measuredAfr) {
            return errorPercent(commandedAfr, measuredAfr);
        }
    };

    private final String label;

    MathVersion(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public boolean isReplay() {
        return this == TOOLKIT_1_2;
    }

    /** Returns the correction, in percent of fuel. */
    public abstract double correctionPercent(double commandedAfr, double measuredAfr);

    /** Returns the AFR error in percent, negative when lean. It is the same in every version. */
    public static double errorPercent(double commandedAfr, double measuredAfr) {
        return (commandedAfr - measuredAfr) / measuredAfr * 100;
    }

    /** Returns the version of a label, or null. */
    public static @Nullable MathVersion ofLabel(@Nullable String label) {
        for (MathVersion version : values()) {
            if (version.label.equals(label)) {
                return version;
            }
        }
        return null;
    }
}
