package dynoai.schemas.file;

import java.io.IOException;
import java.net.InetAddress;

/** The name of this machine, for people. It is resolved once, since a name service may be slow. */
public final class ThisMachine {
    private static final String NAME = resolve();

    private ThisMachine() {}

    /** Returns the host name; words for it where the machine has no name, as in a container without a hosts entry. */
    public static String name() {
        return NAME;
    }

    private static String resolve() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException ignored) {
            return "this machine";
        }
    }
}
