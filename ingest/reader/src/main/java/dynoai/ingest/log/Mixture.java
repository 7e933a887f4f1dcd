package dynoai.ingest.log;

/** What a column of a mixture holds. Its name and its values decide. */
enum Mixture {
    AFR {
        @Override
        double usableAfr(double value) {
            return Afr.isValid(value) ? value : Double.NaN;
        }
    },
    LAMBDA {
        @Override
        double usableAfr(double value) {
            return Afr.isUsableLambda(value) ? value * Afr.STOICHIOMETRIC : Double.NaN;
        }
    },
    /** The reciprocal of lambda. */
    EQUIVALENCE_RATIO {
        @Override
        double usableAfr(double value) {
            return LAMBDA.usableAfr(1.0 / value);
        }
    };

    /** Returns the AFR of a value, or NaN if the value cannot be used. */
    abstract double usableAfr(double value);
}
