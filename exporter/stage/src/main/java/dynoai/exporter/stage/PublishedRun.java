package dynoai.exporter.stage;

import dynoai.exporter.manifest.Manifest;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.Option;
import dynoai.schemas.record.RunStarted;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a published run with one that is exported under its name. */
final class PublishedRun {
    private PublishedRun() {}

    /** Whether it is a success of the same log with the same options. */
    static boolean isOf(Manifest manifest, RunStarted run, AnalysisOptions options) {
        return manifest.ok()
                && manifest.runId().equals(run.runId())
                && manifest.inputSha256().equals(run.sha256())
                && hasArgs(manifest, options, run.optionFiles());
    }

    /** Whether it is a failed attempt at the same run. */
    static boolean isFailedAttempt(Manifest manifest, RunStarted run) {
        return !manifest.ok()
                && manifest.runId().equals(run.runId())
                && manifest.inputSha256().equals(run.sha256());
    }

    private static boolean hasArgs(Manifest manifest, AnalysisOptions options, Map<String, String> files) {
        if (!(manifest.root().get("args") instanceof Map<?, ?> args)) {
            return false;
        }
        Map<String, @Nullable Object> wanted = options.toMap();
        for (Option option : Option.values()) {
            String key = option.key();
            boolean same = files.containsKey(key)
                    ? Objects.equals(args.get(key + "_sha256"), files.get(key))
                    : sameValue(args.get(key), wanted.get(key));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameValue(@Nullable Object written, @Nullable Object value) {
        if (written instanceof Number a && value instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        return Objects.equals(written, value);
    }
}
