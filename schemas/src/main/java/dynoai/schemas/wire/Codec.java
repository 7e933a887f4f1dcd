package dynoai.schemas.wire;

/** Writes and reads one kind of message as the body its schema describes. */
interface Codec<T> {
    void write(AvroOutput out, T message);

    T read(AvroInput in) throws UnreadableRecordException;
}
