package dynoai.app.selftest;

import dynoai.app.console.ExitCode;
import dynoai.app.console.Failures;
import dynoai.exporter.folder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs checks in a temporary folder, which is deleted unless one of them fails. */
final class SelfTest {
    private final List<Check> checks;
    private final Consumer<Result> ended;

    /** @param ended receives each result at once */
    SelfTest(List<Check> checks, Consumer<Result> ended) {
        this.checks = checks;
        this.ended = ended;
    }

    /** @param detail what was confirmed, or why the check failed */
    record Result(String name, boolean ok, String detail, double seconds) {}

    /** @param kept the folder with the files of a failed check; empty if all succeeded */
    record Report(List<Result> results, String kept) {
        boolean isOk() {
            return results.stream().allMatch(Result::ok);
        }
    }

    Report run() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("dynoai-self-test");
        boolean keep = false;
        try {
            List<Result> results = new ArrayList<>();
            for (Check check : checks) {
                Result result = result(check, Files.createDirectory(work.resolve(check.name())));
                results.add(result);
                ended.accept(result);
            }
            keep = !results.stream().allMatch(Result::ok);
            return new Report(results, keep ? work.toString() : "");
        } finally {
            if (!keep) {
                RunFolder.discard(work);
            }
        }
    }

    private static Result result(Check check, Path folder) throws InterruptedException {
        long started = System.nanoTime();
        boolean ok = false;
        String detail;
        try {
            detail = check.run(folder);
            ok = true;
        } catch (FailedCheckException e) {
            detail = String.valueOf(e.getMessage());
        } catch (Exception e) {
            if (Thread.interrupted() || Failures.exitCode(e) == ExitCode.INTERRUPTED) {
                throw new InterruptedException();
            }
            detail = Failures.message(e);
        }
        return new Result(check.name(), ok, detail, (System.nanoTime() - started) / 1e9);
    }
}
