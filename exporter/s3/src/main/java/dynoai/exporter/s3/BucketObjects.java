package dynoai.exporter.s3;

import dynoai.schemas.store.StoreObjects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The objects of a store in a bucket. */
final class BucketObjects implements StoreObjects {
    private final Bucket bucket;

    BucketObjects(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        return bucket.read(StoreObjects.checked(name)).map(Bucket.Small::bytes);
    }

    /** What an earlier try of the same request created counts as created now. */
    @Override
    public boolean create(String name, byte[] content) throws IOException {
        return bucket.create(StoreObjects.checked(name), content, Map.of())
                || read(name).filter(found -> Arrays.equals(found, content)).isPresent();
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        bucket.write(StoreObjects.checked(name), content);
    }

    @Override
    public void put(String name, Path draft) throws IOException {
        bucket.write(StoreObjects.checked(name), draft);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return bucket.open(StoreObjects.checked(name), Optional.empty())
                .orElseThrow(() -> new NoSuchFileException(bucket.address(name)));
    }

    @Override
    public void visit(String folder, Visitor visitor) throws IOException {
        bucket.list(
                StoreObjects.checked(folder) + '/',
                (key, object) -> visitor.visit(new Entry(key, object.size()), object.lastModified()));
    }

    @Override
    public void delete(String name) throws IOException {
        bucket.delete(StoreObjects.checked(name));
    }
}
