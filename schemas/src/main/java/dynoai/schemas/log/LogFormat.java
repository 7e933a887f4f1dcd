package dynoai.schemas.log;

/** The program that wrote a log, scored from the header line. */
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
}
