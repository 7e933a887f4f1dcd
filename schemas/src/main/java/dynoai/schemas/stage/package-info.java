/** What all running stages have in common: their life cycle and how they retry. */
package dynoai.schemas.stage;
