package dynoai.analyzer.run;

/** Visits an AFR error and its count. */
interface ErrorVisitor {
    void error(double value, long count);
}
