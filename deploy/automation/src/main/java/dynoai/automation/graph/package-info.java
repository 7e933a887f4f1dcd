/** Draws recipes. The entry point is {@link dynoai.automation.graph.RecipeGraph}. */
package dynoai.automation.graph;
