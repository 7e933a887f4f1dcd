package dynoai.broker;

import dynoai.broker.internal.KraftStorage;
import dynoai.schemas.file.LockFile;
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

/** Maintenance of a stopped broker's data. No operation loses a run: files hold the runs, Kafka moves them. */
public final class BrokerData {
    private static final long REQUEST_SECONDS = 30;

    private BrokerData() {}

    /** Whether the directory has data of a broker. */
    public static boolean isIn(Path data) {
        return Files.isDirectory(data.resolve(DataDirectory.KAFKA));
    }

    /**
     * Deletes the broker's data and the given folders next to it, which are useless without it.
     *
     * @throws BrokerStartException if a node runs there; the message says which
     */
    public static void reset(Path data, String... dependent) throws BrokerStartException {
        DataDirectory directory = DataDirectory.prepare(data);
        LockFile lock = directory.lock();
        try {
            for (String folder : dependent) {
                KraftStorage.delete(directory.root().resolve(folder));
            }
            KraftStorage.delete(directory.kafka());
        } catch (IOException e) {
            throw new BrokerStartException("cannot delete the broker's data in " + data + ": " + e.getMessage(), e);
        } finally {
            DataDirectory.unlock(lock);
        }
    }

    /**
     * Raises the broker's feature levels to those of this version; older versions cannot read the data afterwards.
     *
     * @return one line for each level that was raised
     * @throws BrokerStartException if a node runs there, or the broker rejects the levels
     */
    public static List<String> upgrade(Path data) throws BrokerStartException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                Admin admin = Admin.create(broker.clientProperties())) {
            Map<String, FinalizedVersionRange> now = admin.describeFeatures()
                    .featureMetadata()
                    .get(REQUEST_SECONDS, TimeUnit.SECONDS)
                    .finalizedFeatures();
            Map<String, FeatureUpdate> updates = new TreeMap<>();
            List<String> raised = new ArrayList<>();
            KraftStorage.featureLevels().forEach((feature, level) -> {
                int present = now.containsKey(feature) ? now.get(feature).maxVersionLevel() : 0;
                if (present < level) {
                    updates.put(feature, new FeatureUpdate(level, FeatureUpdate.UpgradeType.UPGRADE));
                    raised.add(feature + " from " + present + " to " + level);
                }
            });
            if (!updates.isEmpty()) {
                admin.updateFeatures(updates, new UpdateFeaturesOptions()).all().get(REQUEST_SECONDS, TimeUnit.SECONDS);
            }
            return raised;
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerStartException("the broker rejected the upgrade: " + e, e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BrokerStartException("the upgrade was interrupted", interrupted);
        }
    }
}
