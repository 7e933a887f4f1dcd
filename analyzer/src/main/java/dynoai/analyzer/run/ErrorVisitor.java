package dynoai.analyzer.run;

/** Takes an AFR error and how often it occurred. */
interface ErrorVisitor {
    void error(double value, long count);
}
