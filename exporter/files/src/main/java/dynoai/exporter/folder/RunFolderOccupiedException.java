package dynoai.exporter.folder;

/** The target of a run folder holds something that must not be replaced. Nothing was written. */
public final class RunFolderOccupiedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param target a folder or an address */
    public RunFolderOccupiedException(Object target, String why) {
        super("'" + target + "' is not used as run folder: " + why);
    }
}
