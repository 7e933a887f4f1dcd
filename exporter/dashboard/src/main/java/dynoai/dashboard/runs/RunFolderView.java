package dynoai.dashboard.runs;

import dynoai.schemas.file.Sha256;
import dynoai.schemas.grid.GridAxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run folder, as the API tells it. */
public final class RunFolderView {
    private static final int LONGEST_PASTE = 1 << 16;

    private final Path folder;
    private final Tree manifest;

    private RunFolderView(Path folder, Tree manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Empty when there is no run folder. */
    public static Optional<RunFolderView> of(Path folder) throws IOException {
        Path manifest = folder.resolve(RunFolders.MANIFEST);
        return Files.isRegularFile(manifest)
                ? Optional.of(new RunFolderView(folder, Tree.read(manifest)))
                : Optional.empty();
    }

    public Path path() {
        return folder;
    }

    /** How the log was read, with which options, what was found, and every file. */
    public Map<String, @Nullable Object> details() throws IOException {
        return new Fields()
                .put("message", manifest.at("message").text())
                .put("last_stage", manifest.at("last_stage").text())
                .put("app_version", manifest.at("app_version").text())
                .put("fingerprint", manifest.at("fingerprint").text())
                .put("input", manifest.at("input").raw())
                .put("columns", manifest.at("columns").raw())
                .put("args", manifest.at("args").raw())
                .put("kernel", manifest.at("kernel").raw())
                .put("stats", manifest.at("stats").raw())
                .put("gates", gates())
                .put("anomalies", anomalies())
                .put("files", files())
                .map();
    }

    /** Every grid that is there, cells as texts; beside each cell its hits, and whether it is at the clamp. */
    public List<Object> grids() throws IOException {
        List<Object> grids = new ArrayList<>();
        double clamp = manifest.at("args", "clamp").number();
        @Nullable Object frontHits = hits("front");
        @Nullable Object rearHits = hits("rear");
        for (GridKind kind : GridKind.values()) {
            Optional<GridTable> table = GridTable.read(folder.resolve(kind.file()));
            if (table.isPresent()) {
                grids.add(new Fields()
                        .put("id", kind.name().toLowerCase(Locale.ROOT))
                        .put("title", kind.title())
                        .put("cylinder", kind.cylinder())
                        .put("unit", kind.unit())
                        .put("signed", kind.isSigned())
                        .put("file", kind.file())
                        .put("paste", paste(kind))
                        .put("rows", table.get().rows())
                        .put("hits", kind.cylinder().equals("rear") ? rearHits : frontHits)
                        .put("clamped", kind.isDelta() ? table.get().atClamp(clamp) : List.of())
                        .map());
            }
        }
        return grids;
    }

    /** One file that the manifest lists, or a manifest; nothing else is ever given out. */
    public Optional<Path> file(String name) {
        boolean listed = name.equals(RunFolders.MANIFEST);
        for (Tree output : manifest.at("outputs").items()) {
            listed |= output.at("file").text().equals(name);
        }
        Path file = folder.resolve(listed ? name : RunFolders.MANIFEST);
        boolean own = listed && folder.equals(file.getParent()) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        return own ? Optional.of(file) : Optional.empty();
    }

    /** Engine speeds and pressures of the grids. */
    public static Map<String, @Nullable Object> axes() {
        List<Integer> rpm = new ArrayList<>();
        for (int i = 0; i < GridAxes.RPM_COUNT; i++) {
            rpm.add(GridAxes.rpm(i));
        }
        List<Integer> kpa = new ArrayList<>();
        for (int i = 0; i < GridAxes.KPA_COUNT; i++) {
            kpa.add(GridAxes.kpa(i));
        }
        return new Fields().put("rpm", rpm).put("kpa", kpa).map();
    }

    private @Nullable Object hits(String cylinder) {
        return manifest.at("diagnostics", cylinder, "per_bin_stats", "hits").raw();
    }

    private String paste(GridKind kind) throws IOException {
        Path file = folder.resolve(kind.pasteFile());
        if (kind.pasteFile().isEmpty() || !Files.isRegularFile(file) || Files.size(file) > LONGEST_PASTE) {
            return "";
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private Map<String, @Nullable Object> gates() {
        Fields gates = new Fields();
        for (String cylinder : List.of("front", "rear")) {
            Fields counters = new Fields();
            if (manifest.at("diagnostics", cylinder).raw() instanceof Map<?, ?> all) {
                all.forEach((name, count) -> {
                    if (count instanceof Number && name instanceof String text) {
                        counters.put(text, count);
                    }
                });
            }
            gates.put(cylinder, counters.map());
        }
        return gates.map();
    }

    private List<?> anomalies() throws IOException {
        Tree diagnostics = Tree.readIfThere(folder.resolve(RunFolders.DIAGNOSTICS));
        return diagnostics.at("anomalies").raw() instanceof List<?> list ? list : List.of();
    }

    /** What the manifest lists, and the manifest. */
    private List<Object> files() throws IOException {
        List<Object> files = new ArrayList<>();
        for (Tree output : manifest.at("outputs").items()) {
            String name = output.at("file").text();
            if (file(name).isPresent()) {
                files.add(new Fields()
                        .put("file", name)
                        .put("type", output.at("type").text())
                        .put("size_bytes", output.at("size_bytes").whole())
                        .put("sha256", output.at("sha256").text())
                        .map());
            }
        }
        Path own = folder.resolve(RunFolders.MANIFEST);
        files.add(new Fields()
                .put("file", RunFolders.MANIFEST)
                .put("type", "json")
                .put("size_bytes", Files.size(own))
                .put("sha256", Sha256.hex(own))
                .map());
        return files;
    }
}
