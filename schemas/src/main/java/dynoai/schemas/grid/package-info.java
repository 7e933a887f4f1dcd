/**
 * The grid of 55 cells and the sums of a run on it. Start with {@link dynoai.schemas.grid.GridAxes}, then {@link
 * dynoai.schemas.grid.RunGrids}.
 */
package dynoai.schemas.grid;
