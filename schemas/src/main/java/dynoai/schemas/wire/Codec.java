package dynoai.schemas.wire;

/** Writes and reads the bodies of one kind of message. */
interface Codec<T> {
    void write(BinaryOutput out, T message);

    T read(BinaryInput in) throws UnreadableRecordException;
}
