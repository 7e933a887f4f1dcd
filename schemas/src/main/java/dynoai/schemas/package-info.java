/**
 * The types that all stages share. Start with {@link dynoai.schemas.grid.GridAxes} (the 55 cells), then {@link
 * dynoai.schemas.log.RowBlock} (a log's rows), {@link dynoai.schemas.option.AnalysisOptions} and {@link
 * dynoai.schemas.grid.RunGrids} (the aggregate of a run).
 *
 * <p>Stages depend on this module and never on each other: ingest makes row blocks, the analyzer folds them into run grids, the
 * exporter turns those into files.
 */
package dynoai.schemas;
