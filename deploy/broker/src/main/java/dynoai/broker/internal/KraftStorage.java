package dynoai.broker.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.TransactionVersion;

/**
 * Formats a broker's directory and names the feature levels of this version.
 *
 * <p>Kafka has no public API for an embedded broker; {@code kafka-storage.sh} does the same. Remove when it has one (no KIP
 * found). {@code EmbeddedBrokerTest} and {@code BrokerDataTest} run it.
 */
public final class KraftStorage {
    /** The level of new directories. Raised deliberately, not with each Kafka upgrade. */
    public static final String RELEASE = MetadataVersion.IBP_4_3_IV0.version();

    private KraftStorage() {}

    /** Formats the directory for one combined node, unless it is formatted. */
    public static void format(Path directory, int node, String controllerListener, String release) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, "UTF-8"))
                .setNodeId(node)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(controllerListener)
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.fromVersionString(release, false))
                .setFeatureLevel(TransactionVersion.FEATURE_NAME, TransactionVersion.TV_2.featureLevel())
                .run();
    }

    /** Deletes a folder with all that is in it; one that does not exist is fine. */
    public static void delete(Path folder) throws IOException {
        Utils.delete(folder.toFile());
    }

    /** Returns the level of each feature in {@link #RELEASE}. */
    public static Map<String, Short> featureLevels() {
        MetadataVersion version = MetadataVersion.fromVersionString(RELEASE, false);
        Map<String, Short> levels = new TreeMap<>();
        levels.put(MetadataVersion.FEATURE_NAME, version.featureLevel());
        for (Feature feature : Feature.PRODUCTION_FEATURES) {
            if (feature != Feature.KRAFT_VERSION) {
                levels.put(feature.featureName(), feature.defaultLevel(version));
            }
        }
        return levels;
    }
}
