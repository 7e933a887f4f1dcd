package dynoai.exporter.s3;

import dynoai.exporter.folder.RunFolder;
import dynoai.exporter.folder.RunFolderOccupiedException;
import dynoai.exporter.manifest.InvalidRunFolderException;
import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.manifest.ManifestReader;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.shelf.Bundle;
import dynoai.exporter.shelf.CheckedStream;
import dynoai.exporter.shelf.RunShelf;
import dynoai.exporter.shelf.ShelvedRun;
import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.record.RunKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A shelf in a bucket. A run is {@code runs/SHOP/RUN_ID/bundle-HASH.zip} with all files, and then {@code manifest.json}, whose
 * creation publishes it. The manifest's metadata name the bundle.
 */
final class S3Shelf implements RunShelf {
    static final String RUNS = "runs/";
    static final String BUNDLE = "bundle-";
    static final String BUNDLE_METADATA = "bundle";
    private static final String ZIP = ".zip";

    private final Bucket bucket;
    private final Path drafts;

    S3Shelf(Bucket bucket, Path local) {
        this.bucket = bucket;
        this.drafts = local.resolve("runs");
    }

    @Override
    public String location() {
        return bucket.address("");
    }

    @Override
    public String location(RunKey run) {
        return bucket.address(place(run));
    }

    @Override
    public Path drafts() {
        return drafts;
    }

    @Override
    public void sweep() throws IOException {
        Files.createDirectories(drafts);
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(drafts)) {
            for (Path draft : unfinished) {
                RunFolder.discard(draft);
            }
        }
        OrphanBundles.sweepInBackground(bucket);
    }

    @Override
    public Optional<ShelvedRun> find(RunKey run) throws IOException {
        Optional<Bucket.Small> object = bucket.read(manifestOf(run));
        if (object.isEmpty()) {
            return Optional.empty();
        }
        try {
            Manifest manifest = ManifestReader.read(
                    bucket.address(manifestOf(run)), object.get().bytes());
            String bundle = object.get().metadata().getOrDefault(BUNDLE_METADATA, "");
            return Optional.of(
                    new ShelvedRun(run, manifest, bundle + " " + object.get().version()));
        } catch (InvalidRunFolderException ignored) {
            return Optional.empty(); // Something else under this name, as in a folder.
        }
    }

    @Override
    public RunFolder begin(RunKey run, Optional<ShelvedRun> replaced) throws IOException, RunFolderOccupiedException {
        if (replaced.isEmpty() && bucket.exists(manifestOf(run))) {
            throw new RunFolderOccupiedException(location(run), "it exists already");
        }
        Path draft = drafts.resolve(run.shop() + "." + run.runId());
        return RunFolder.toPublish(draft.resolve("files"), written -> {
            publish(run, replaced, written);
            RunFolder.discard(draft);
        });
    }

    private void publish(RunKey run, Optional<ShelvedRun> replaced, Path written) throws IOException {
        Manifest manifest = ManifestReader.read(RunFolderLayout.manifestIn(written));
        Path zip = written.resolveSibling("bundle");
        String bundle;
        try {
            Bundle.write(new ShelvedRun(run, manifest, ""), file -> Files.newInputStream(written.resolve(file)), zip);
            bundle = Sha256.hex(zip);
            bucket.createContent(bundleOf(run, bundle), zip);
        } finally {
            Files.deleteIfExists(zip);
        }
        CrashPoint.EXPORTER_BEFORE_RENAME.reached();
        Map<String, String> metadata = Map.of(BUNDLE_METADATA, bundle);
        boolean published = replaced.isPresent()
                ? bucket.replace(manifestOf(run), manifest.bytes(), metadata, version(replaced.get()))
                : bucket.create(manifestOf(run), manifest.bytes(), metadata);
        if (!published && !isPublished(run, manifest)) {
            throw new FileAlreadyExistsException(location(run));
        }
    }

    /** Whether an earlier try of the same request published the run, whose answer was lost. */
    private boolean isPublished(RunKey run, Manifest manifest) throws IOException {
        return find(run)
                .filter(found -> Arrays.equals(found.manifest().bytes(), manifest.bytes()))
                .isPresent();
    }

    /** Bundles without a manifest are removed by {@link #sweep}. */
    @Override
    public void removeUnfinished(RunKey published) {}

    @Override
    public InputStream open(ShelvedRun run, String file) throws IOException {
        CheckedStream.sha256(run, file);
        InputStream in = openBundle(run, Optional.of(Bundle.range(run, file)));
        boolean opened = false;
        try {
            CheckedStream content = CheckedStream.of(run, file, Bundle.content(run, file, in));
            opened = true;
            return content;
        } finally {
            if (!opened) {
                in.close();
            }
        }
    }

    /** Reads the bundle with one request, as far as the last chosen file. */
    @Override
    public void copy(ShelvedRun run, Predicate<String> chosen, RunFolder into) throws IOException {
        List<String> files = Bundle.files(run);
        int end = files.size();
        while (end > 0 && !chosen.test(files.get(end - 1))) {
            end--;
        }
        Optional<String> range = end == files.size() ? Optional.empty() : Optional.of(Bundle.rangeBefore(run, end));
        try (InputStream in = openBundle(run, range)) {
            for (String file : files.subList(0, end)) {
                InputStream content = CheckedStream.of(run, file, Bundle.content(run, file, in));
                content.transferTo(chosen.test(file) ? into.create(file) : OutputStream.nullOutputStream());
            }
        }
    }

    @Override
    public void writeBundle(ShelvedRun run, Path zip) throws IOException {
        try (InputStream in = openBundle(run, Optional.empty())) {
            Files.copy(in, zip, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Sha256.hex(zip).equals(bundle(run))) {
            throw new InvalidRunFolderException(
                    "the bundle of run " + run.key() + " has other bytes than its name says");
        }
    }

    private static String bundle(ShelvedRun run) {
        return run.version().substring(0, run.version().indexOf(' '));
    }

    private InputStream openBundle(ShelvedRun run, Optional<String> range) throws IOException {
        return bucket.open(bundleOf(run.key(), bundle(run)), range)
                .orElseThrow(() -> new InvalidRunFolderException(location(run.key()) + " has no bundle"));
    }

    @Override
    public void list(RunVisitor visitor) throws IOException {
        bucket.list(RUNS, (key, object) -> {
            String ending = "/" + RunFolderLayout.MANIFEST;
            String run = key.substring(RUNS.length());
            if (run.endsWith(ending) && RunKey.isKey(run.substring(0, run.length() - ending.length()))) {
                visitor.visit(RunKey.parse(run.substring(0, run.length() - ending.length())));
            }
        });
    }

    private static String version(ShelvedRun run) {
        return run.version().substring(run.version().indexOf(' ') + 1);
    }

    private static String place(RunKey run) {
        return RUNS + run;
    }

    private static String manifestOf(RunKey run) {
        return place(run) + "/" + RunFolderLayout.MANIFEST;
    }

    private static String bundleOf(RunKey run, String sha256) {
        return place(run) + "/" + BUNDLE + sha256 + ZIP;
    }
}
