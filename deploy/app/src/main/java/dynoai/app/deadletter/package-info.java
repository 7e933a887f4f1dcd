/** Dead letters: records whose schema is unknown. The node counts them, {@code topics replay-dead} sends them again. */
package dynoai.app.deadletter;
