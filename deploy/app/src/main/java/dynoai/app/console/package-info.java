/** Standard output and error, exit codes, and the signals that end a command. Start with {@link dynoai.app.console.Console}. */
package dynoai.app.console;
