package dynoai.app.intake;

import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.setting.Setting;
import dynoai.intake.event.AuditLines;
import dynoai.intake.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of the door for shops. */
public final class IntakeFlags {
    /** The flags, for commands that hide them. */
    public static final Set<String> NAMES = Set.of(
            "--intake",
            "--intake-host",
            "--tls-cert",
            "--tls-key",
            "--tls-client-ca",
            "--tls-self-signed",
            "--plain-http",
            "--audit");

    private static final int DEFAULT_PORT = 8443;
    private static final int MAX_PORT = 65_535;
    private static final String AUDIT = "intake-audit.jsonl";

    /** The folder of a made certificate. */
    private static final String MADE = "tls";

    @Setting(min = 1, max = MAX_PORT)
    @Option(
            names = "--intake",
            paramLabel = "PORT",
            description = "Also take logs of shops over HTTPS on PORT, and give their runs back."
                    + " Default of 'dynoai intake': 8443.")
    private @Nullable Integer port;

    @Setting
    @Option(
            names = "--intake-host",
            paramLabel = "ADDRESS",
            description = "Address on which shops connect. Default: all addresses of this machine, or"
                    + " 127.0.0.1 with --plain-http.")
    private @Nullable String host;

    @Setting
    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "PEM file of the certificate and its chain. A changed file is used without a restart.")
    private @Nullable Path certificate;

    @Setting
    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file of the certificate's private key, in the form of PKCS #8.")
    private @Nullable Path key;

    @Setting
    @Option(
            names = "--tls-self-signed",
            paramLabel = "NAME",
            split = ",",
            description = "Make a certificate for these host names and addresses, separated by commas, in the folder"
                    + " tls of the data directory. Agents trust it with --ca tls/cert.pem.")
    private List<String> selfSigned = List.of();

    @Setting
    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description = "PEM file of authorities whose certificates with the name dynoai:shop/SHOP count as"
                    + " credentials of the shop.")
    private @Nullable Path clientCa;

    @Setting
    @Option(
            names = "--plain-http",
            description = "HTTP instead of HTTPS, on a loopback address: behind a proxy, or for tests.")
    private boolean plainHttp;

    @Setting
    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "File of audit lines, in JSON: changes and refused requests. Default: stderr, or with 'dynoai"
                    + " up' intake-audit.jsonl in the data directory.")
    private @Nullable Path audit;

    /**
     * Returns the door that the flags describe; empty without one.
     *
     * @param alone whether the process has no other stage, so that there is a door without {@code --intake} too, and no other
     *     lines of progress
     */
    public Optional<Door> door(boolean alone, Path data, Console console) throws CommandException {
        if (port == null && !alone) {
            return Optional.empty();
        }
        int wanted = port == null ? DEFAULT_PORT : port;
        return Optional.of(new Door(new InetSocketAddress(address(), wanted), tls(data), audit(alone, data, console)));
    }

    private AuditLines.Sink audit(boolean alone, Path data, Console console) {
        if (audit != null) {
            return AuditLines.file(audit);
        }
        return alone
                ? line -> console.message(new String(line, StandardCharsets.UTF_8))
                : AuditLines.file(data.resolve(AUDIT));
    }

    private InetAddress address() throws CommandException {
        String name = host == null ? plainHttp ? "127.0.0.1" : "0.0.0.0" : host;
        try {
            InetAddress address = InetAddress.getByName(name);
            if (plainHttp && !address.isLoopbackAddress()) {
                throw invalid("--plain-http is for a loopback address only, not " + name);
            }
            return address;
        } catch (UnknownHostException e) {
            throw invalid("--intake-host: there is no address " + name);
        }
    }

    private Optional<TlsFiles> tls(Path data) throws CommandException {
        if (plainHttp) {
            if (certificate != null || key != null || clientCa != null || !selfSigned.isEmpty()) {
                throw invalid("--plain-http does not go with the flags of TLS");
            }
            return Optional.empty();
        }
        if (!selfSigned.isEmpty() && (certificate != null || key != null)) {
            throw invalid("--tls-self-signed does not go with --tls-cert and --tls-key");
        }
        TlsFiles files = selfSigned.isEmpty() ? given() : made(data.resolve(MADE));
        try {
            files.check();
        } catch (IOException e) {
            throw invalid("the TLS files cannot be used: " + e.getMessage());
        }
        return Optional.of(files);
    }

    private TlsFiles given() throws CommandException {
        if (certificate == null || key == null) {
            throw invalid("an intake needs --tls-cert and --tls-key, --tls-self-signed for trials and closed networks,"
                    + " or --plain-http behind a proxy on this machine");
        }
        return new TlsFiles(certificate, key, Optional.ofNullable(clientCa));
    }

    private TlsFiles made(Path folder) throws CommandException {
        try {
            SelfSignedCertificate made = SelfSignedCertificate.in(folder, selfSigned);
            return new TlsFiles(made.certificate(), made.key(), Optional.ofNullable(clientCa));
        } catch (IOException e) {
            throw new CommandException(ExitCode.OTHER, "the certificate cannot be made in " + folder + ": " + e, e);
        }
    }

    private static CommandException invalid(String message) {
        return new CommandException(ExitCode.INVALID_ARGUMENTS, message);
    }
}
