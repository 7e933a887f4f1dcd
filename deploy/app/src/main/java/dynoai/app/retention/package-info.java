/** The command that removes old runs and logs. */
package dynoai.app.retention;
