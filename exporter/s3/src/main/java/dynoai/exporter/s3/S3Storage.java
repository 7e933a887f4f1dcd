package dynoai.exporter.s3;

import dynoai.exporter.shelf.RunShelf;
import dynoai.exporter.shelf.Storage;
import dynoai.exporter.shelf.StorageSettings;
import dynoai.schemas.store.ContentStore;

/** Opens addresses of the form {@code s3://bucket/prefix}. */
public final class S3Storage implements Storage {
    static final String SCHEME = "s3://";

    @Override
    public boolean opens(String address) {
        return address.startsWith(SCHEME);
    }

    @Override
    public ContentStore store(String address, StorageSettings settings) {
        return new S3Store(Bucket.of(address, settings), settings.local());
    }

    @Override
    public RunShelf shelf(String address, StorageSettings settings) {
        return new S3Shelf(Bucket.of(address, settings), settings.local());
    }
}
