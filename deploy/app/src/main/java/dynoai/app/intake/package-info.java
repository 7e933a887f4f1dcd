/** The intake as a stage of a node. */
package dynoai.app.intake;
