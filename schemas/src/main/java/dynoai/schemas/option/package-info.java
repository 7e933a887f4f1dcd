/**
 * The options of an analysis: {@link dynoai.schemas.option.Option} is the only table of them, {@link
 * dynoai.schemas.option.AnalysisOptions} their values for one run.
 */
package dynoai.schemas.option;
