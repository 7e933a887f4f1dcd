package dynoai.catalogue;

import dynoai.catalogue.run.RunLine;

/**
 * A run of the catalogue and where it was read.
 *
 * @param folder the folder of a run or of a rejected log, relative to the folder of all; empty for a run read from a topic
 * @param folderMillis when the folder changed last; 0 for none
 */
public record CatalogueEntry(RunLine line, String folder, long folderMillis) {

    /** Returns a run that was read from a topic or reported by a stage. */
    public static CatalogueEntry reported(RunLine line) {
        return new CatalogueEntry(line, "", 0);
    }

    public String key() {
        return line.key();
    }

    CatalogueEntry mergedWith(CatalogueEntry other) {
        CatalogueEntry read = other.folder.isEmpty() ? this : other;
        return new CatalogueEntry(line.mergedWith(other.line), read.folder, read.folderMillis);
    }
}
