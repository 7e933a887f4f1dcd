package dynoai.ingest.folder.claim;

import dynoai.ingest.folder.scan.OptionFiles;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import dynoai.schemas.run.FailureCode;
import dynoai.schemas.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The options of a log: {@code dynoai.yaml} in its folder, overridden by the log's own sidecar. */
public record FolderOptions(Path root, LogDrafts drafts) {
    /** Largest base table. */
    public static final long MAX_TABLE_BYTES = 1 << 20;

    /** Names the bike. Not an option of the analysis: it does not change what a run computes. */
    private static final String VEHICLE = "vehicle";

    private static final String HINT =
            "correct dynoai.yaml or LOG.options.yaml, then put the log back with: dynoai requeue";

    /**
     * @param files sha256 of the base tables, by the option that names them
     * @param vehicle the bike that the files name; empty if they name none
     */
    record Resolved(AnalysisOptions options, Map<String, String> files, String vehicle) {}

    /** Resolves the options of a log and puts its base tables into the store. */
    Resolved of(Path log) throws LogRejectedException, IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        add(texts, log.resolveSibling(OptionFiles.FILE));
        add(texts, log.resolveSibling(log.getFileName() + OptionFiles.SIDECAR));
        String vehicle = Optional.ofNullable(texts.remove(VEHICLE)).orElse("");
        if (!vehicle.isEmpty() && !RunId.isValid(vehicle)) {
            throw rejected(
                    FailureCode.OPTION_REFUSED,
                    VEHICLE,
                    VEHICLE + " takes 1 to 64 of A-Z a-z 0-9 . _ -, not beginning with a dot, not '" + vehicle + "'");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (Option base : OptionFiles.TABLES) {
            String given = texts.get(base.key());
            if (given != null) {
                files.put(base.key(), keepTable(base, given, AtomicFile.folderOf(log)));
            }
        }
        try {
            return new Resolved(AnalysisOptions.of(texts), files, vehicle);
        } catch (InvalidOptionException e) {
            throw rejected(FailureCode.OPTION_REFUSED, e.key(), String.valueOf(e.getMessage()));
        }
    }

    private void add(Map<String, String> texts, Path file) throws LogRejectedException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            for (Map.Entry<?, ?> entry : OptionFiles.read(root, file).entrySet()) {
                if (entry.getValue() != null) {
                    String key = String.valueOf(entry.getKey());
                    Option option = Option.ofKey(key);
                    texts.put(option == null ? key : option.key(), Option.text(entry.getValue()));
                }
            }
        } catch (IOException | RuntimeException broken) {
            throw rejected(
                    FailureCode.OPTIONS_UNREADABLE, "", file.getFileName() + " cannot be read: " + firstLine(broken));
        }
    }

    private String keepTable(Option option, String given, Path folder) throws LogRejectedException, IOException {
        Path table;
        try {
            table = folder.resolve(given).toRealPath();
        } catch (IOException | RuntimeException missing) {
            throw rejected(
                    FailureCode.BASE_TABLE_MISSING,
                    option.key(),
                    option.key() + ": there is no file '" + given + "' next to the log");
        }
        if (!table.startsWith(root) || !Files.isRegularFile(table, LinkOption.NOFOLLOW_LINKS)) {
            throw rejected(
                    FailureCode.BASE_TABLE_OUTSIDE,
                    option.key(),
                    option.key() + ": '" + given + "' is not a file inside the drop folder");
        }
        if (Files.size(table) > MAX_TABLE_BYTES) {
            throw rejected(
                    FailureCode.BASE_TABLE_REFUSED,
                    option.key(),
                    option.key() + ": '" + given + "' is larger than " + MAX_TABLE_BYTES + " bytes");
        }
        try (LogDrafts.Draft draft = drafts.draft(table, MAX_TABLE_BYTES)) {
            draft.keep();
            return draft.sha256();
        }
    }

    private static String firstLine(Exception broken) {
        String message = String.valueOf(broken.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static LogRejectedException rejected(FailureCode code, String key, String message) {
        return new LogRejectedException(
                new Rejection(code, 0, Claim.bounded(key), "", "", Claim.bounded(message), HINT));
    }
}
