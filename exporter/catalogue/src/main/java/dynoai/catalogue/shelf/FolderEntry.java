package dynoai.catalogue.shelf;

import dynoai.catalogue.CatalogueEntry;
import dynoai.catalogue.run.Notice;
import dynoai.catalogue.run.RunLine;
import dynoai.engine.stored.DropLocation;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.ingest.folder.claim.ArchiveFolders;
import dynoai.schemas.file.SmallFile;
import dynoai.schemas.json.Json;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the entry of a run folder or of the folder of a rejected log. */
final class FolderEntry {
    static final String RUNS = "runs";

    private static final int MAX_REASON_BYTES = 4 << 20;

    private FolderEntry() {}

    /** Returns the entry of a run folder; empty if it has no manifest. */
    static Optional<CatalogueEntry> ofRun(String shop, Path folder) throws IOException {
        long changed = Files.getLastModifiedTime(folder).toMillis();
        Optional<Manifest> manifest = ManifestReader.find(folder);
        return manifest.isEmpty()
                ? Optional.empty()
                : Optional.of(new CatalogueEntry(
                        RunFolderLine.of(shop, folder, manifest.get()),
                        nameOfRun(shop, folder.getFileName().toString()),
                        changed));
    }

    static String nameOfRun(String shop, String runId) {
        return shop.equals(RunKey.LOCAL_SHOP) ? RUNS + '/' + runId : RUNS + '/' + shop + '/' + runId;
    }

    /**
     * Returns the entry of a rejected log.
     *
     * @param name of the folder in the drop folder
     */
    static CatalogueEntry ofRejected(Path folder, String name) throws IOException {
        Path file = folder.resolve(ArchiveFolders.REASON);
        JsonTree reason = new JsonTree(Json.read(SmallFile.read(file, MAX_REASON_BYTES, LinkOption.NOFOLLOW_LINKS)));
        long written = Files.getLastModifiedTime(file).toMillis();
        long changed = Files.getLastModifiedTime(folder).toMillis();
        String dropped = reason.at("file").text();
        DropLocation location = DropLocation.of(dropped, RunKey.LOCAL_SHOP);
        Notice notice = new Notice(
                reason.at("code").text(),
                reason.at("line").whole(),
                reason.at("column").text(),
                reason.at("message").text(),
                reason.at("hint").text(),
                reason.at("duplicate_of").text());
        RunLine line = RunLine.rejected(
                location.shop(),
                location.cell(),
                reason.at("run_id").text(),
                dropped,
                reason.at("sha256").text(),
                written,
                notice);
        return new CatalogueEntry(line, name, changed);
    }
}
