package dynoai.agent.http;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes failed connections for people. */
final class ConnectionFailures {
    private ConnectionFailures() {}

    static String describe(IntakeAddress intake, @Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return "the certificate of " + intake + " is not valid now: " + cause.getMessage()
                        + "; is the clock of this computer right?";
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "the name of " + intake + " is not known";
            }
        }
        if (failure instanceof SSLException) {
            return "no secure connection to " + intake + ": " + failure.getMessage();
        }
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            return intake + " cannot be reached";
        }
        return "the connection to " + intake + " failed: " + (failure == null ? "" : message(failure));
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
