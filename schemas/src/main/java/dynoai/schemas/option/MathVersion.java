package dynoai.schemas.option;

import org.jspecify.annotations.Nullable;

/** How a measured air-fuel ratio becomes a fuelling correction in percent. */
public enum MathVersion {
    /** Exact fuel mass balance; a lean cell comes out positive: add fuel. */
    V2_0_0("2.0.0") {
        @Override
        public double correctionPercent(double commandedAfr, double measuredAfr) {
            return (measuredAfr / commandedAfr - 1) * 100;
        }
    },
    /** The legacy rule, 7 % for each point of AFR. */
    V1_0_0("1.0.0") {
        @Override
        public double correctionPercent(double commandedAfr, double measuredAfr) {
            return (measuredAfr - commandedAfr) * 7;
        }
    },
    /** Replays the historical toolkit bit for bit. Its sign is inverted for fuelling: lean comes out negative. */
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

    /** The correction, in percent of fuel. */
    public abstract double correctionPercent(double commandedAfr, double measuredAfr);

    /** The AFR error of the error maps, in percent; negative when lean. The same in every version. */
    public static double errorPercent(double commandedAfr, double measuredAfr) {
        return (commandedAfr - measuredAfr) / measuredAfr * 100;
    }

    /** @return null when no version has this label */
    public static @Nullable MathVersion ofLabel(@Nullable String label) {
        for (MathVersion version : values()) {
            if (version.label.equals(label)) {
                return version;
            }
        }
        return null;
    }
}
