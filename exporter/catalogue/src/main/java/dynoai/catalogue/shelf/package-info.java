/**
 * The folders of runs and of rejected logs as entries of a catalogue. Start with {@link dynoai.catalogue.shelf.RunFolders}.
 */
package dynoai.catalogue.shelf;
