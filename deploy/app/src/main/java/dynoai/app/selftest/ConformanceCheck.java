package dynoai.app.selftest;

import dynoai.engine.BatchAnalysis;
import dynoai.engine.RunRequest;
import dynoai.engine.RunTarget;
import dynoai.engine.stored.Verification;
import dynoai.schemas.json.Json;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.CaseFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Analyses the logs in the jar and compares the files of their runs byte by byte with those in the jar. */
final class ConformanceCheck implements Check {
    private static final String CASES = "cases";
    private static final String FACTS = "facts.json";

    private int files;
    private int rejections;

    @Override
    public String name() {
        return "conformance";
    }

    @Override
    public String run(Path folder) throws Exception {
        return check(copy(folder.resolve(CASES)), folder);
    }

    /** @param runs receives the run folders */
    String check(Path root, Path runs) throws Exception {
        List<CaseFolder> cases = CaseFolder.in(root);
        for (CaseFolder each : cases) {
            for (String version : each.versions()) {
                check(each, version, runs.resolve(each.name() + "-" + version));
            }
        }
        if (files == 0 || rejections == 0) {
            throw new FailedCheckException("the jar has no cases");
        }
        return cases.size() + " logs: " + files + " files are equal byte for byte, " + rejections + " log"
                + (rejections == 1 ? " is" : "s are") + " rejected";
    }

    private void check(CaseFolder each, String version, Path run) throws Exception {
        String name = each.name() + ", math version " + version;
        Map<?, ?> facts =
                Json.readObject(Files.readAllBytes(each.expected(version).resolve(FACTS)));
        Object rejection = facts.get("refused");
        try {
            RunRequest request = new RunRequest(each.log(), each.options(version), RunTarget.exactly(run), 2);
            BatchAnalysis.ofSystemTime().analyze(request, bytes -> {});
        } catch (LogRejectedException e) {
            if (!e.rejection().code().title().equals(rejection)) {
                throw new FailedCheckException(name + ": rejected: " + e.getMessage());
            }
            rejections++;
            return;
        }
        if (rejection != null) {
            throw new FailedCheckException(name + ": not rejected");
        }
        compare(name, each.expected(version), run);
    }

    private void compare(String name, Path expected, Path run) throws IOException, FailedCheckException {
        List<Path> listed;
        try (Stream<Path> found = Files.list(expected)) {
            listed = found.filter(file -> !file.endsWith(FACTS)).sorted().toList();
        }
        for (Path file : listed) {
            Path written = run.resolve(file.getFileName().toString());
            long at = Files.exists(written) ? Files.mismatch(file, written) : 0;
            if (at >= 0) {
                throw new FailedCheckException(name + ": " + file.getFileName() + " differs from byte " + at + " on");
            }
            files++;
        }
        Verification verification = Verification.of(run);
        if (!verification.isWhole()) {
            throw new FailedCheckException(name + ": the run folder does not fit its manifest");
        }
    }

    private static Path copy(Path target) throws Exception {
        URI cases = Objects.requireNonNull(ConformanceCheck.class.getResource(CASES), "no cases in the jar")
                .toURI();
        if (!cases.getScheme().equals("jar")) {
            return copy(Path.of(cases), target);
        }
        try (FileSystem jar = FileSystems.newFileSystem(cases, Map.of())) {
            return copy(jar.provider().getPath(cases), target);
        }
    }

    private static Path copy(Path source, Path target) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(source)) {
            all = found.toList();
        }
        for (Path each : all) {
            Files.copy(each, target.resolve(source.relativize(each).toString()));
        }
        return target;
    }
}
