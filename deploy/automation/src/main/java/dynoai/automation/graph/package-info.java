/** Draws recipes. The one door is {@link dynoai.automation.graph.RecipeGraph}. */
package dynoai.automation.graph;
