package dynoai.intake.tls;

import dynoai.schemas.file.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The PEM files of a server.
 *
 * @param certificate the server's certificate, then those that lead to its root
 * @param key its private key in the form of PKCS #8
 * @param clientCa the authorities of client certificates; empty if clients need none
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientCa) {
    private static final char[] NO_PASSWORD = {};
    private static final byte[] PROBE = {1, 2, 3};

    /** What the files hold. */
    record Keys(KeyStore server, Optional<KeyStore> clients, Instant notAfter) {
        void applyTo(SslContextFactory.Server tls) {
            tls.setKeyStore(server);
            tls.setKeyManagerPassword("");
            clients.ifPresent(tls::setTrustStore);
        }
    }

    /**
     * Returns the settings of TLS with what the files hold now.
     *
     * @throws InvalidPemException if a file is not usable
     */
    public SslContextFactory.Server open() throws IOException {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setRenegotiationAllowed(false);
        tls.setWantClientAuth(clientCa.isPresent());
        read().applyTo(tls);
        return tls;
    }

    /** @throws IOException if a file cannot be read or is not usable, with the reason */
    public void check() throws IOException {
        read();
    }

    /** Reads and checks the files. */
    Keys read() throws IOException {
        List<X509Certificate> chain = Pem.certificates(certificate);
        PrivateKey privateKey = Pem.privateKey(key);
        if (!belongs(privateKey, chain.get(0).getPublicKey())) {
            throw new InvalidPemException(key, "is not the key of the first certificate in " + certificate, null);
        }
        try {
            KeyStore server = empty();
            server.setKeyEntry("server", privateKey, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            Optional<KeyStore> clients = Optional.empty();
            if (clientCa.isPresent()) {
                KeyStore trusted = empty();
                int number = 0;
                for (X509Certificate authority : Pem.certificates(clientCa.get())) {
                    trusted.setCertificateEntry("client-ca-" + number++, authority);
                }
                clients = Optional.of(trusted);
            }
            return new Keys(server, clients, chain.get(0).getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new InvalidPemException(certificate, "cannot be used with " + key, e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certified.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> algorithm;
                    });
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ignored) {
            return false; // Keys of different curves or lengths.
        }
    }

    /** Returns what changes when a file is written. */
    List<FileStamp> stamps() throws IOException {
        List<FileStamp> stamps = new ArrayList<>();
        stamps.add(FileStamp.of(certificate));
        stamps.add(FileStamp.of(key));
        if (clientCa.isPresent()) {
            stamps.add(FileStamp.of(clientCa.get()));
        }
        return stamps;
    }
}
