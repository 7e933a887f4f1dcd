package dynoai.app.intake;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.schemas.file.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A self-signed certificate, made by Java's {@code keytool}.
 *
 * @param certificate PEM file, which is also the authority that agents trust
 * @param key PEM file
 */
public record SelfSignedCertificate(Path certificate, Path key) {
    private static final String ALIAS = "intake";
    private static final String VALID_DAYS = "3650";
    private static final int PEM_COLUMNS = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final String PASSWORD_VARIABLE = "DYNOAI_KEYTOOL";

    /**
     * Makes a certificate in a folder, unless it has one.
     *
     * @param names host names and IP addresses of the intake
     */
    public static SelfSignedCertificate in(Path folder, List<String> names) throws IOException, CommandException {
        check(names);
        Files.createDirectories(folder);
        SelfSignedCertificate files = new SelfSignedCertificate(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        if (!Files.exists(files.certificate)) {
            files.make(folder, names);
        }
        return files;
    }

    private void make(Path folder, List<String> names) throws IOException, CommandException {
        Path store = folder.resolve("made.p12");
        String password = SecretFile.newSecret();
        Files.deleteIfExists(store);
        ProcessBuilder builder = new ProcessBuilder(
                keytool(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + names.get(0),
                "-ext",
                "SAN=" + names.stream().map(SelfSignedCertificate::alternative).collect(Collectors.joining(",")),
                "-validity",
                VALID_DAYS,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE);
        builder.environment().put(PASSWORD_VARIABLE, password);
        Process keytool = builder.redirectErrorStream(true).start();
        keytool.getOutputStream().close();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!hasSucceeded(keytool)) {
            throw new CommandException(ExitCode.OTHER, "keytool cannot make a certificate: " + said.strip());
        }
        write(store, password.toCharArray());
        Files.delete(store);
    }

    private static boolean hasSucceeded(Process keytool) throws IOException {
        try {
            return keytool.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while keytool made a certificate");
        }
    }

    /** @throws CommandException if a name could be taken for something else in keytool's syntax */
    private static void check(List<String> names) throws CommandException {
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new CommandException(
                        ExitCode.INVALID_ARGUMENTS, "not a host name or an IPv4 address: '" + name + "'");
            }
        }
    }

    private static String alternative(String name) {
        return (ADDRESS.matcher(name).matches() ? "ip:" : "dns:") + name;
    }

    private void write(Path store, char[] password) throws IOException, CommandException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            byte[] privateKey = keys.getKey(ALIAS, password).getEncoded();
            SecretFile.create(key, pem("PRIVATE KEY", privateKey));
            Files.writeString(
                    certificate, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CommandException(ExitCode.OTHER, "the certificate of keytool cannot be read: " + e, e);
        }
    }

    private static String pem(String type, byte[] content) {
        Base64.Encoder base64 = Base64.getMimeEncoder(PEM_COLUMNS, new byte[] {'\n'});
        return "-----BEGIN " + type + "-----\n" + base64.encodeToString(content) + "\n-----END " + type + "-----\n";
    }

    /** Returns the program of the JDK that runs this one. */
    private static String keytool() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return Path.of(System.getProperty("java.home"), "bin", windows ? "keytool.exe" : "keytool")
                .toString();
    }
}
