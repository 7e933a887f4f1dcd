package dynoai.bench.fleet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A connection over loopback TLS that carries HTTP/1.1 one request after the other. It does little besides TLS, so that most of the time
 * measured with it is the server's.
 */
public final class TlsClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final String LENGTH = "\r\ncontent-length:";

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    /** An answer. */
    public record Answer(int status, String body) {
        /** @throws IllegalStateException unless the answer has this status */
        public void require(int expected) {
            if (status != expected) {
                throw new IllegalStateException("answered " + status + ", not " + expected + ": " + body);
            }
        }
    }

    private TlsClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Returns a context that trusts one certificate. */
    public static SSLContext trusting(Path certificate) throws IOException {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Connects to a port of this machine. */
    public static TlsClient connect(SSLContext tls, int port) throws IOException {
        Socket tcp = new Socket();
        boolean connected = false;
        try {
            tcp.setTcpNoDelay(true);
            tcp.setSoTimeout(TIMEOUT_MILLIS);
            tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            TlsClient client = new TlsClient(tls.getSocketFactory().createSocket(tcp, "localhost", port, true));
            connected = true;
            return client;
        } finally {
            if (!connected) {
                tcp.close();
            }
        }
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param head request line and headers, each with its line end, without the empty line
     * @param body its parts; the length is added to the head
     */
    public Answer send(String head, byte[]... body) throws IOException {
        long length = 0;
        for (byte[] part : body) {
            length += part.length;
        }
        write(head + "Host: localhost\r\nContent-Length: " + length + "\r\n\r\n");
        for (byte[] part : body) {
            out.write(part);
        }
        return answer();
    }

    /** Sends exactly this. */
    public void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads an answer. */
    public Answer answer() throws IOException {
        String head = head().toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        int length = at < 0
                ? 0
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at + LENGTH.length()))
                        .trim());
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer ends early");
        }
        return new Answer(Integer.parseInt(head.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no answer");
            }
            head.write(next);
            ends = next == '\n' || next == '\r' ? ends + 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
