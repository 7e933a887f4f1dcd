package dynoai.exporter.ve;

import dynoai.schemas.option.MathVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run's manifest says of the files beside it, as far as applying needs it. */
final class FactorManifest {
    private static final String FILE = "manifest.json";
    private static final int MAX_BYTES = 32 << 20;

    private final Path folder;
    private final @Nullable String runId;
    private final @Nullable String mathVersion;
    private final boolean ok;
    private final Map<String, String> shaByFile;

    private FactorManifest(
            Path folder,
            @Nullable String runId,
            @Nullable String mathVersion,
            boolean ok,
            Map<String, String> shaByFile) {
        this.folder = folder;
        this.runId = runId;
        this.mathVersion = mathVersion;
        this.ok = ok;
        this.shaByFile = shaByFile;
    }

    /** The manifest of a run folder, compared with its twin: the two are the same bytes or one of them was changed. */
    static FactorManifest of(Path folder) throws VeException, IOException {
        if (!Files.isDirectory(folder)) {
            throw new VeException(VeException.Reason.FILE_NOT_FOUND, "no such run folder: " + folder);
        }
        InputFile manifest = InputFile.read("the run's manifest", folder.resolve(FILE), MAX_BYTES);
        try (DirectoryStream<Path> twins = Files.newDirectoryStream(folder, "*.manifest.json")) {
            for (Path path : twins) {
                InputFile twin = InputFile.read("the run's manifest under its id", path, MAX_BYTES);
                if (!Arrays.equals(twin.bytes(), manifest.bytes())) {
                    throw VeException.hash(
                            "the manifest " + manifest.path(), twin.sha() + " (" + path + ")", manifest.sha());
                }
            }
        }
        return parse(folder, manifest);
    }

    /**
     * The manifest that lists a file by its name or its hash: the one beside it, or, for a link, beside the file it leads
     * to. Null when there is none.
     */
    static @Nullable FactorManifest vouchingFor(Path file, String sha) throws VeException, IOException {
        for (Path place : new LinkedHashSet<>(List.of(file.toAbsolutePath().normalize(), file.toRealPath()))) {
            Path folder = place.getParent();
            if (folder != null && Files.isRegularFile(folder.resolve(FILE))) {
                FactorManifest manifest = of(folder);
                String name = String.valueOf(place.getFileName());
                if (manifest.shaByFile.containsKey(name) || manifest.shaByFile.containsValue(sha)) {
                    manifest.check(name, sha);
                    return manifest;
                }
            }
        }
        return null;
    }

    /** Whether a folder holds a run, whose files stay as they are. */
    static boolean isIn(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return false;
        }
        try {
            Map<String, Object> tree = JsonTree.read(Files.readAllBytes(file));
            return tree.get("run_id") instanceof String && tree.get("outputs") instanceof List;
        } catch (IOException notJson) {
            return false;
        }
    }

    @Nullable
    String runId() {
        return runId;
    }

    @Nullable
    String mathVersion() {
        return mathVersion;
    }

    /** The names under which a hash is listed, in the manifest's order. */
    List<String> namesOf(String sha) {
        return shaByFile.entrySet().stream()
                .filter(entry -> entry.getValue().equals(sha))
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean isReplay() {
        MathVersion version = mathVersion == null ? null : MathVersion.ofLabel(mathVersion);
        return version != null && version.isReplay();
    }

    void checkOk() throws VeException {
        if (!ok) {
            throw VeException.arguments("the run in " + folder + " failed; it has no factors to apply");
        }
    }

    /** A file of the run, checked against the manifest. */
    InputFile file(String name) throws VeException, IOException {
        String recorded = shaByFile.get(name);
        if (recorded == null) {
            throw VeException.metadata("the manifest in " + folder + " lists no " + name);
        }
        InputFile file = InputFile.table("the run's " + name, folder.resolve(name));
        check(name, file.sha());
        return file;
    }

    private void check(String name, String sha) throws VeException {
        String recorded = shaByFile.getOrDefault(name, sha);
        if (!recorded.equals(sha)) {
            throw VeException.hash(folder.resolve(name).toString(), recorded, sha);
        }
    }

    private static FactorManifest parse(Path folder, InputFile file) throws VeException {
        Map<String, Object> tree;
        try {
            tree = JsonTree.read(file.bytes());
        } catch (IOException notJson) {
            throw VeException.metadata("invalid manifest " + file.path() + ": it is no JSON object");
        }
        Map<String, String> shaByFile = new LinkedHashMap<>();
        if (tree.get("outputs") instanceof List) {
            for (Object output : (List<?>) tree.get("outputs")) {
                if (output instanceof Map) {
                    Object name = ((Map<?, ?>) output).get("file");
                    Object sha = ((Map<?, ?>) output).get("sha256");
                    if (name instanceof String && sha instanceof String) {
                        shaByFile.put((String) name, ((String) sha).toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return new FactorManifest(
                folder,
                tree.get("run_id") instanceof String ? (String) tree.get("run_id") : null,
                tree.get("math_version") instanceof String ? (String) tree.get("math_version") : null,
                Boolean.TRUE.equals(tree.get("ok")),
                shaByFile);
    }
}
