package dynoai.exporter.s3;

import dynoai.schemas.fault.CrashPoint;
import dynoai.schemas.file.HashedFiles;
import dynoai.schemas.file.Sha256;
import dynoai.schemas.store.ContentStore;
import dynoai.schemas.store.StoreObjects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A content store in a bucket: {@code logs/sha256/ab/HASH}, {@code claim.key} and {@code store-id}. An existing object is
 * never replaced. Drafts and a bounded number of copies are on the local disk.
 */
final class S3Store implements ContentStore {
    private static final long MAX_COPIED_BYTES = 2L << 30;

    private final Bucket bucket;
    private final Path drafts;
    private final LocalCopies copies;
    private final HashedFiles hashed = new HashedFiles();
    private final Map<Text, String> texts = new ConcurrentHashMap<>();

    S3Store(Bucket bucket, Path local) {
        this.bucket = bucket;
        this.drafts = local.resolve("drafts");
        this.copies = new LocalCopies(local.resolve("logs"), MAX_COPIED_BYTES);
    }

    @Override
    public String location() {
        return bucket.address("");
    }

    @Override
    public Path drafts() {
        return drafts;
    }

    @Override
    public boolean contains(String sha256) throws IOException {
        return bucket.exists(key(sha256));
    }

    @Override
    public void put(Path draft, String sha256) throws IOException {
        CrashPoint.INGEST_BEFORE_STORE.reached();
        bucket.createContent(key(sha256), draft);
        hashed.add(copies.take(draft, sha256));
    }

    @Override
    public Path fetch(String sha256) throws IOException {
        Optional<Path> copy = copies.find(sha256);
        if (copy.isPresent()) {
            if (hashed.contains(copy.get())) {
                return copy.get();
            }
            if (Sha256.hex(copy.get()).equals(sha256)) {
                hashed.add(copy.get());
                return copy.get();
            }
            copies.remove(sha256);
        }
        return download(sha256);
    }

    private Path download(String sha256) throws IOException {
        Path draft = Files.createTempFile(Files.createDirectories(drafts), ".tmp-download-", "");
        try {
            try (InputStream in = bucket.open(key(sha256), Optional.empty())
                    .orElseThrow(() -> new NoSuchFileException(bucket.address(key(sha256))))) {
                Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Sha256.hex(draft).equals(sha256)) {
                throw new IOException("the store's copy of the log has another hash: " + bucket.address(key(sha256)));
            }
            Path copy = copies.take(draft, sha256);
            hashed.add(copy);
            return copy;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public Optional<String> find(Text text) throws IOException {
        String known = texts.get(text);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> found =
                bucket.read(text.file()).map(object -> new String(object.bytes(), StandardCharsets.UTF_8).strip());
        found.ifPresent(content -> texts.put(text, content));
        return found;
    }

    /** What an earlier try of the same request created counts as created now. */
    @Override
    public boolean create(Text text, String content) throws IOException {
        return bucket.create(text.file(), (content + "\n").getBytes(StandardCharsets.UTF_8), Map.of())
                || find(text).filter(content::equals).isPresent();
    }

    @Override
    public StoreObjects objects() {
        return new BucketObjects(bucket);
    }

    private static String key(String sha256) {
        return "logs/sha256/" + sha256.substring(0, 2) + "/" + sha256;
    }
}
