package dynoai.ingest.log;

import java.util.Map;

/**
 * What only values can decide about a log.
 *
 * @param rpmInThousands whether engine speed is in thousands of rpm
 * @param timeInMilliseconds whether the median step of an unmarked clock is one of milliseconds
 * @param weightsByHits whether every row weighs 1.0 and needs no torque
 * @param sparse whether each channel is on rows of its own
 * @param mixtures what the columns of commanded and measured mixtures hold
 */
record Decisions(
        boolean rpmInThousands,
        boolean timeInMilliseconds,
        boolean weightsByHits,
        boolean sparse,
        Map<Integer, MixtureSurvey> mixtures) {
    Mixture mixture(int column) {
        MixtureSurvey survey = mixtures.get(column);
        return survey == null ? Mixture.AFR : survey.mixture();
    }
}
