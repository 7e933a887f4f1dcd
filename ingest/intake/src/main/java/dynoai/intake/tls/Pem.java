package dynoai.intake.tls;

import dynoai.schemas.file.SmallFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM files. */
final class Pem {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private Pem() {}

    /** A block of a file. */
    private record Block(String label, String base64) {
        byte[] bytes(Path file) throws InvalidPemException {
            try {
                return Base64.getMimeDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new InvalidPemException(file, "is damaged: not Base64", e);
            }
        }
    }

    /** Returns the certificates of a file in their order, at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(file)) {
                if (block.label().equals("CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes(file))));
                }
            }
        } catch (CertificateException e) {
            throw new InvalidPemException(file, "has a certificate that cannot be read", e);
        }
        if (certificates.isEmpty()) {
            throw new InvalidPemException(file, "has no certificate in PEM form", null);
        }
        return certificates;
    }

    /** Returns the only private key of a file. */
    static PrivateKey privateKey(Path file) throws IOException {
        List<Block> keys = blocks(file).stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw new InvalidPemException(
                    file, "has " + (keys.isEmpty() ? "no private key" : "several private keys") + " in PEM form", null);
        }
        Block key = keys.get(0);
        if (key.label().equals("ENCRYPTED PRIVATE KEY")) {
            throw new InvalidPemException(file, "the key is encrypted; remove its password: " + conversion(file), null);
        }
        if (!key.label().equals("PRIVATE KEY")) {
            throw new InvalidPemException(
                    file, "the key has the form of PKCS #1; convert it to PKCS #8: " + conversion(file), null);
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(key.bytes(file));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException ignored) {
                // A key of another algorithm.
            } catch (GeneralSecurityException e) {
                throw new InvalidPemException(file, "this Java platform has no " + algorithm + " keys", e);
            }
        }
        throw new InvalidPemException(file, "the key is neither EC nor RSA nor Ed25519, or is damaged", null);
    }

    private static String conversion(Path file) {
        return "openssl pkcs8 -topk8 -nocrypt -in " + file.getFileName() + " -out NEW.pem";
    }

    private static List<Block> blocks(Path file) throws IOException {
        String text = new String(SmallFile.read(file, MAX_BYTES), StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        // Keys of older forms have headers, which are not Base64.
        if (blocks.isEmpty() && text.contains("Proc-Type: 4,ENCRYPTED")) {
            throw new InvalidPemException(file, "the key is encrypted; remove its password: " + conversion(file), null);
        }
        return blocks;
    }
}
