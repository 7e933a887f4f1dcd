package dynoai.schemas.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The conformance cases outside the repository, as seen from a module two folders below its root. */
public final class ConformanceCases {
    public static final Path CONFORMANCE = Path.of("..", "..", "..", "shared", "conformance");

    /** Newer cases. A case here replaces the one of the same name in {@link #CONFORMANCE}. */
    public static final Path CONFORMANCE_NEXT = CONFORMANCE.resolveSibling("conformance-next");

    private ConformanceCases() {}

    /** Returns the cases by name. */
    public static List<CaseFolder> all() throws IOException {
        Map<String, CaseFolder> cases = new TreeMap<>();
        for (Path root : List.of(CONFORMANCE, CONFORMANCE_NEXT)) {
            if (Files.isDirectory(root)) {
                CaseFolder.in(root).forEach(found -> cases.put(found.name(), found));
            }
        }
        return List.copyOf(cases.values());
    }
}
