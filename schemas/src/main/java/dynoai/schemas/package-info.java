/**
 * The words every stage shares. Start with {@link dynoai.schemas.GridAxes} (the 55 cells), then {@link
 * dynoai.schemas.Channel} and {@link dynoai.schemas.RowBlock} (what a log becomes), {@link
 * dynoai.schemas.AnalysisOptions} (what a run may be told) and {@link dynoai.schemas.RunGrids} (what a run adds up to).
 *
 * <p>The stages meet only here: ingest makes row blocks, the analyzer folds them into run grids, the exporter turns those
 * into files. None of them imports another.
 */
package dynoai.schemas;
