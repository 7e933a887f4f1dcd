import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Fetches the pinned Maven, checks its hash and unpacks it, once. Run by mvnw as a single source file, so that a JDK is
 * the only tool this needs on any system.
 *
 * <p>Arguments: maven-wrapper.properties, the folder to make, the user's Maven settings.xml (may be missing).
 */
final class FetchMaven {
    private static final String GROUP = "org.apache.maven";

    private FetchMaven() {}

    public static void main(String[] args) throws Exception {
        try {
            fetch(Path.of(args[0]), Path.of(args[1]).toAbsolutePath(), Path.of(args[2]));
        } catch (IOException failed) {
            System.err.println("mvnw: could not fetch Maven: " + failed);
            System.err.println(
                    "mvnw: install Maven 3.9.2 or newer, or set MVNW_REPOURL to a Maven repository in reach");
            System.exit(1);
        }
    }

    private static void fetch(Path propertiesFile, Path home, Path settings) throws Exception {
        Properties pinned = new Properties();
        try (InputStream in = Files.newInputStream(propertiesFile)) {
            pinned.load(in);
        }
        String version = pinned.getProperty("version");
        String address = repository(settings) + '/' + GROUP.replace('.', '/') + "/apache-maven/" + version
                + "/apache-maven-" + version + "-bin.zip";
        System.err.println("mvnw: fetching Maven " + version);
        useProxyOf(System.getenv());
        Path temporary = Files.createDirectories(home.getParent())
                .resolve(".fetching-" + ProcessHandle.current().pid());
        try {
            Path zip = Files.createDirectories(temporary).resolve("maven.zip");
            download(address, zip, pinned.getProperty("sha512"));
            unpack(zip, temporary.resolve("maven"));
            publish(temporary.resolve("maven"), home);
        } finally {
            delete(temporary);
        }
    }

    /** MVNW_REPOURL, else the user's mirror of central, else the public repository, which lives below Maven's own group id. */
    private static String repository(Path settings) throws Exception {
        String given = System.getenv("MVNW_REPOURL");
        if (given != null && !given.isEmpty()) {
            return withoutSlash(given);
        }
        String mirror = Files.isRegularFile(settings) ? mirrorOfCentral(settings) : null;
        if (mirror != null) {
            return withoutSlash(mirror);
        }
        List<String> labels = Arrays.asList(GROUP.split("\\."));
        java.util.Collections.reverse(labels);
        return "https://repo." + String.join(".", labels) + "/maven2";
    }

    private static String mirrorOfCentral(Path settings) throws Exception {
        NodeList mirrors = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(settings.toFile())
                .getElementsByTagName("mirror");
        for (int i = 0; i < mirrors.getLength(); i++) {
            Element mirror = (Element) mirrors.item(i);
            List<String> mirrored = Arrays.asList(text(mirror, "mirrorOf").split("\\s*,\\s*"));
            boolean covers = mirrored.contains("central") || mirrored.contains("*") || mirrored.contains("external:*");
            if (covers && !mirrored.contains("!central")) {
                return text(mirror, "url");
            }
        }
        return null;
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** The JDK does not look at these variables by itself. */
    private static void useProxyOf(Map<String, String> environment) {
        String proxy = environment.getOrDefault("https_proxy", environment.getOrDefault("HTTPS_PROXY", ""));
        if (!proxy.isEmpty() && System.getProperty("https.proxyHost") == null) {
            URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            System.setProperty("https.proxyHost", uri.getHost());
            System.setProperty("https.proxyPort", String.valueOf(uri.getPort() < 0 ? 80 : uri.getPort()));
        }
    }

    private static void download(String address, Path target, String sha512) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        try (InputStream in = new DigestInputStream(URI.create(address).toURL().openStream(), digest)) {
            Files.copy(in, target);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(sha512)) {
            throw new IOException("the file from " + address + " has the SHA-512 " + found + ", expected " + sha512);
        }
    }

    /** Leaves out the archive's own top folder. */
    private static void unpack(Path zip, Path target) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path file = target.resolve(name).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive holds a file outside itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                try (OutputStream out = Files.newOutputStream(file)) {
                    in.transferTo(out);
                }
                if (name.startsWith("bin/") && !name.contains(".")) {
                    file.toFile().setExecutable(true, false);
                }
            }
        }
    }

    /** Of two that fetch at the same time the first one wins. */
    private static void publish(Path unpacked, Path home) throws IOException {
        try {
            Files.move(unpacked, home);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException other) {
            if (!Files.isRegularFile(home.resolve("bin/mvn"))) {
                throw other;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
