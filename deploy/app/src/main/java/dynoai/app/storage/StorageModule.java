package dynoai.app.storage;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.exporter.shelf.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what opens an address: on the class path, else in the jars of the application's folder {@code lib/s3}, which are
 * loaded only for an address.
 */
final class StorageModule {
    private static final String FOLDER = "lib/s3";
    private static final Map<Path, ClassLoader> LOADERS = new ConcurrentHashMap<>();

    private StorageModule() {}

    /** @throws CommandException if nothing opens the address */
    static Storage forAddress(String address) throws CommandException {
        return forAddress(address, StorageModule.class.getClassLoader(), folder());
    }

    /** @param folder has the jars of the module, if it is not on the class path */
    static Storage forAddress(String address, ClassLoader application, Optional<Path> folder) throws CommandException {
        Optional<Storage> found = find(address, application);
        if (found.isEmpty() && folder.isPresent() && Files.isDirectory(folder.get())) {
            found = find(address, LOADERS.computeIfAbsent(folder.get(), jars -> loader(jars, application)));
        }
        return found.orElseThrow(() -> new CommandException(
                ExitCode.INVALID_ARGUMENTS,
                address.startsWith("s3://")
                        ? address + " needs the optional module dynoai-exporter-s3 with its libraries, in the folder "
                                + FOLDER + " next to dynoai.jar or on the class path"
                        : "not a folder or an address like s3://bucket/prefix: " + address));
    }

    private static Optional<Storage> find(String address, ClassLoader in) {
        return ServiceLoader.load(Storage.class, in).stream()
                .map(ServiceLoader.Provider::get)
                .filter(storage -> storage.opens(address))
                .findFirst();
    }

    private static ClassLoader loader(Path folder, ClassLoader application) {
        try (Stream<Path> files = Files.list(folder)) {
            List<URL> jars = new ArrayList<>();
            for (Path jar : (Iterable<Path>) files.sorted()::iterator) {
                if (jar.toString().endsWith(".jar")) {
                    jars.add(jar.toUri().toURL());
                }
            }
            return new URLClassLoader(jars.toArray(URL[]::new), application);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the folder next to the application's jar; empty when its classes are not in a jar. */
    private static Optional<Path> folder() {
        @Nullable CodeSource source = StorageModule.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI()).resolveSibling(FOLDER));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
