/**
 * The command line. {@link dynoai.app.DynoAi} is the entry point; {@code Commands} lists the commands.
 *
 * <p>A command is a picocli class or a {@code CommandSpec}. Its action returns an
 * {@link dynoai.app.console.ExitCode}, writes results to {@code out} and everything else to {@code err} of its
 * {@link dynoai.app.console.Console}, and fails with a {@link dynoai.app.console.CommandException}.
 */
package dynoai.app;
