package dynoai.exporter.shelf;

import dynoai.schemas.store.ContentStore;

/** Opens stores of logs and shelves of runs at addresses. Implementations are found by {@link java.util.ServiceLoader}. */
public interface Storage {
    /** Whether an address, such as {@code s3://bucket/prefix}, is of this kind. */
    boolean opens(String address);

    /** @throws IllegalArgumentException if the address is invalid */
    ContentStore store(String address, StorageSettings settings);

    /** @throws IllegalArgumentException if the address is invalid */
    RunShelf shelf(String address, StorageSettings settings);
}
