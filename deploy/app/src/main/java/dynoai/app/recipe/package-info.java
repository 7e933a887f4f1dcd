/** Commands for recipes, steps and contexts. */
package dynoai.app.recipe;
