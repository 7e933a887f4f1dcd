package dynoai.schemas.log;

/** Which program wrote a log, as scored from its header line. */
public enum LogFormat {
    POWERVISION("powervision"),
    GENERIC("generic"),
    WINPEP("winpep"),
    UNKNOWN("unknown");

    private final String key;

    LogFormat(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** A log of unknown format is read by the rules for WinPEP. */
    public boolean isReadAsWinpep() {
        return this == WINPEP || this == UNKNOWN;
    }
}
