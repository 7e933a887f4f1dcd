package dynoai.analyzer.run;

import dynoai.schemas.log.LogDescription;
import dynoai.schemas.option.AnalysisOptions;

/** What weighs a row within its cell. */
enum Weighting {
    TORQUE,
    POWER,
    /** Every row weighs 1.0: gate 7 is off, and torque and power maps need a log with torque or power. */
    HITS;

    static Weighting of(LogDescription description, AnalysisOptions options) {
        if (description.weightsByHits()) {
            return HITS;
        }
        return options.weighsByPower() ? POWER : TORQUE;
    }
}
