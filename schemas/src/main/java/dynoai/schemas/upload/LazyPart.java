package dynoai.schemas.upload;

import dynoai.schemas.store.StoreObjects;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An object that is opened when it is first read, so that a log of many parts has one open at a time. */
final class LazyPart extends InputStream {
    private final StoreObjects objects;
    private final String name;
    private @Nullable InputStream open;

    LazyPart(StoreObjects objects, String name) {
        this.objects = objects;
        this.name = name;
    }

    private InputStream in() throws IOException {
        if (open == null) {
            open = objects.open(name);
        }
        return open;
    }

    @Override
    public int read() throws IOException {
        return in().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in().read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
