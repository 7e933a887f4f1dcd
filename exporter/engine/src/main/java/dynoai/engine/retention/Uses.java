package dynoai.engine.retention;

import dynoai.exporter.manifest.Manifest;
import dynoai.schemas.option.Option;
import java.util.List;
import java.util.stream.Stream;

/** The files of the store that a run needs: its log and its base tables. */
final class Uses {
    private Uses() {}

    /** Returns their hashes. */
    static List<String> of(Manifest manifest) {
        return Stream.of(
                        manifest.inputSha256(),
                        manifest.text("args", Option.BASE_FRONT.key() + "_sha256"),
                        manifest.text("args", Option.BASE_REAR.key() + "_sha256"))
                .filter(hash -> !hash.isEmpty())
                .toList();
    }
}
