package dynoai.schemas.wire;

/** Writes and reads one kind of message as the body its schema describes. */
interface Codec<T> {
    void write(BinaryOutput out, T message);

    T read(BinaryInput in) throws UnreadableRecordException;
}
