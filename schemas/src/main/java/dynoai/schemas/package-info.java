/**
 * The vocabulary that every stage shares. Start with {@link dynoai.schemas.grid.GridAxes} (the 55 cells), then {@link
 * dynoai.schemas.log.Channel} and {@link dynoai.schemas.log.RowBlock} (what a log becomes), {@link
 * dynoai.schemas.option.AnalysisOptions} (how a run is analysed) and {@link dynoai.schemas.grid.RunGrids} (its sums).
 *
 * <p>The stages meet only here: ingest makes row blocks, the analyzer folds them into run grids, the exporter turns those
 * into files. None of them imports another.
 */
package dynoai.schemas;
