/**
 * The command line. {@link dynoai.app.DynoAi} is the way in; {@code Commands} is the one list of what it can do.
 *
 * <p>A command is a picocli class or {@code CommandSpec} whose action returns an {@link dynoai.app.ExitCode} and writes
 * through the {@link dynoai.app.Console} it was made with: results to {@code out}, everything else to {@code err}. It
 * ends early by throwing {@link dynoai.app.CommandFailed}.
 */
package dynoai.app;
