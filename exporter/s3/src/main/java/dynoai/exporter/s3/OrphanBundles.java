package dynoai.exporter.s3;

import dynoai.exporter.manifest.RunFolderLayout;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Removes bundles that are not a run: an exporter was killed before it wrote the manifest, or another one was faster. */
final class OrphanBundles {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanBundles.class);
    private static final Duration MIN_AGE = Duration.ofDays(7);

    private final Bucket bucket;
    private final Instant newest;
    private final List<String> bundles = new ArrayList<>();
    private String run = "";

    private OrphanBundles(Bucket bucket, Instant newest) {
        this.bucket = bucket;
        this.newest = newest;
    }

    static void sweepInBackground(Bucket bucket) {
        Thread sweep = new Thread(
                () -> {
                    try {
                        sweep(bucket, Instant.now().minus(MIN_AGE));
                    } catch (IOException e) {
                        LOG.warn("bundles without a manifest are removed at the next start: {}", e.toString());
                    }
                },
                "dynoai-s3-sweep");
        sweep.setDaemon(true);
        sweep.start();
    }

    /** @param newest newer bundles are kept, since their run may be published any moment */
    static void sweep(Bucket bucket, Instant newest) throws IOException {
        OrphanBundles sweep = new OrphanBundles(bucket, newest);
        bucket.list(S3Shelf.RUNS, sweep::visit);
        sweep.removeOfRun();
    }

    private void visit(String key, S3Object object) throws IOException {
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        if (!folder.equals(run)) {
            removeOfRun();
            run = folder;
        }
        if (key.startsWith(S3Shelf.BUNDLE, folder.length())
                && object.lastModified().isBefore(newest)) {
            bundles.add(key);
        }
    }

    private void removeOfRun() throws IOException {
        if (!bundles.isEmpty()) {
            Optional<String> used = bucket.metadata(run + RunFolderLayout.MANIFEST)
                    .map(metadata -> metadata.getOrDefault(S3Shelf.BUNDLE_METADATA, ""));
            for (String bundle : bundles) {
                if (used.isEmpty() || !bundle.contains(used.get())) {
                    bucket.delete(bundle);
                }
            }
            bundles.clear();
        }
    }
}
