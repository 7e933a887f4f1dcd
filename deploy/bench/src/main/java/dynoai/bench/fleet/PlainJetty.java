package dynoai.bench.fleet;

import dynoai.intake.tls.TlsFiles;
import dynoai.schemas.file.AtomicFile;
import dynoai.schemas.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The least that a server over TLS does to keep a body: hash it, write it, fsync it, rename it to its hash, and fsync the folder before it
 * answers. It asks for no credential, announces nothing and writes no record.
 */
public final class PlainJetty extends Handler.Abstract {
    private static final int MAX_THREADS = 64;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;

    private PlainJetty(Path folder) {
        this.folder = folder;
    }

    /** Serves until its input ends. Takes certificate, key and folder; prints the port. */
    public static void main(String[] args) throws Exception {
        Server server = new Server(new QueuedThreadPool(MAX_THREADS));
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        TlsFiles tls = new TlsFiles(Path.of(args[0]), Path.of(args[1]), Optional.empty());
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls.open(), http.getProtocol()), http);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new PlainJetty(Files.createDirectories(Path.of(args[2]))));
        server.start();
        System.out.println(connector.getLocalPort());
        while (System.in.read() >= 0) {
            // The parent only closes it.
        }
        server.stop();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Path draft = Files.createTempFile(folder, ".", ".part");
        String sha256 = write(Content.Source.asInputStream(request), draft);
        boolean whole = String.valueOf(request.getHeaders().get("Content-Digest"))
                .equals("sha-256=:"
                        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":");
        if (whole) {
            Path place = Files.createDirectories(folder.resolve(sha256.substring(0, 2)));
            Files.move(draft, place.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.syncFolder(place);
        } else {
            Files.delete(draft);
        }
        response.setStatus(whole ? 201 : 422);
        byte[] answer = ("{\"sha256\": \"" + sha256 + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
        response.write(true, ByteBuffer.wrap(answer), callback);
        return true;
    }

    private static String write(InputStream body, Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                digest.update(buffer, 0, read);
                for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read); bytes.hasRemaining(); ) {
                    out.write(bytes);
                }
            }
            out.force(true);
        }
        return Sha256.hex(digest);
    }
}
