package dynoai.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** What is done to a stopped broker's data on purpose. Neither loses a run: files hold the runs, Kafka moves them. */
public final class BrokerData {
    private static final long ANSWER_SECONDS = 30;

    private BrokerData() {}

    /** Whether a broker ever kept data there. */
    public static boolean isIn(Path data) {
        return Files.isDirectory(data.resolve(DataDirectory.KAFKA));
    }

    /**
     * Deletes the broker's data, and folders beside it that mean nothing without.
     *
     * @throws BrokerStartException while a node runs there; the message says which
     */
    public static void reset(Path data, String... dependent) throws BrokerStartException {
        DataDirectory directory = DataDirectory.prepare(data);
        DirectoryLock lock = DirectoryLock.take(directory.root());
        try {
            for (String folder : dependent) {
                Utils.delete(directory.root().resolve(folder).toFile());
            }
            Utils.delete(directory.kafka().toFile());
        } catch (IOException failed) {
            throw new BrokerStartException(
                    "the broker's data in " + data + " cannot be deleted: " + failed.getMessage(), failed);
        } finally {
            lock.close();
        }
    }

    /**
     * Raises the broker's feature levels to those of this version. Older versions cannot read the data any more then.
     *
     * @return what was raised, one line each; empty when nothing was older
     * @throws BrokerStartException while a node runs there, or when the broker refuses
     */
    public static List<String> upgrade(Path data) throws BrokerStartException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            Map<String, FinalizedVersionRange> now = admin.describeFeatures()
                    .featureMetadata()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .finalizedFeatures();
            Map<String, FeatureUpdate> updates = new TreeMap<>();
            List<String> raised = new ArrayList<>();
            levels().forEach((feature, level) -> {
                int present = now.containsKey(feature) ? now.get(feature).maxVersionLevel() : 0;
                if (present < level) {
                    updates.put(feature, new FeatureUpdate(level, FeatureUpdate.UpgradeType.UPGRADE));
                    raised.add(feature + " from " + present + " to " + level);
                }
            });
            if (!updates.isEmpty()) {
                admin.updateFeatures(updates, new UpdateFeaturesOptions()).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            }
            return raised;
        } catch (ExecutionException | TimeoutException refused) {
            throw new BrokerStartException("the broker refuses the upgrade: " + refused, refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BrokerStartException("the upgrade was interrupted", interrupted);
        }
    }

    private static Map<String, Short> levels() {
        Map<String, Short> levels = new TreeMap<>();
        levels.put(MetadataVersion.FEATURE_NAME, EmbeddedBroker.METADATA.featureLevel());
        for (Feature feature : Feature.PRODUCTION_FEATURES) {
            if (feature != Feature.KRAFT_VERSION) {
                levels.put(feature.featureName(), feature.defaultLevel(EmbeddedBroker.METADATA));
            }
        }
        return levels;
    }
}
