package dynoai.intake.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates for tests, made by the JDK's keytool, as PEM files. */
public final class TestKeys {
    private static final String PASSWORD = "of the test alone";

    private final Path folder;
    private final Path store;

    /** @param folder empty, for the key store and the PEM files */
    public TestKeys(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("keys.p12");
    }

    /** Makes a key with a certificate that it signed itself. */
    public TestKeys create(String alias, String algorithm, String... extensions) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair", "-alias", alias, "-keyalg", algorithm, "-dname", "CN=" + alias, "-validity", "3650"));
        if (algorithm.equals("EC")) {
            arguments.addAll(List.of("-groupname", "secp256r1"));
        }
        for (String extension : extensions) {
            arguments.addAll(List.of("-ext", extension));
        }
        keytool(arguments);
        return this;
    }

    /** A server's key for this machine. */
    public TestKeys server(String alias, String algorithm) throws IOException {
        return create(alias, algorithm, "SAN=dns:localhost,ip:127.0.0.1");
    }

    private void keytool(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(output);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes a certificate. */
    public Path certificate(String alias) throws Exception {
        return write(
                alias + ".crt", pem("CERTIFICATE", load().getCertificate(alias).getEncoded()));
    }

    /** Writes a private key in the form of PKCS #8. */
    public Path key(String alias) throws Exception {
        return write(alias + ".key", pem("PRIVATE KEY", privateKey(alias).getEncoded()));
    }

    /** The files of a server. */
    public TlsFiles files(String alias) throws Exception {
        return new TlsFiles(certificate(alias), key(alias), Optional.empty());
    }

    private Key privateKey(String alias) throws Exception {
        return load().getKey(alias, PASSWORD.toCharArray());
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    static String pem(String label, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    /** Returns the context of a client that trusts one certificate. */
    public SSLContext client(String trusted) throws Exception {
        return client(trusted, new KeyManager[0]);
    }

    /** Returns the context of a client that trusts one certificate and shows another. */
    public SSLContext client(String trusted, String own) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(own, privateKey(own), new char[0], new Certificate[] {load().getCertificate(own)});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        return client(trusted, managers.getKeyManagers());
    }

    private SSLContext client(String trusted, KeyManager[] keys) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("trusted", load().getCertificate(trusted));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, managers.getTrustManagers(), null);
        return context;
    }
}
