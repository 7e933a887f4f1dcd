package dynoai.analyzer.stream;

import dynoai.schemas.record.RunKey;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where and when Kafka took a record of the run log, and its run; a record without a valid key is a run of its own. */
record RecordPosition(RunKey key, int partition, long offset, long timestamp) {
    static RecordPosition of(Record<String, byte[]> record, ProcessorContext<?, ?> context) {
        int partition = context.recordMetadata().map(RecordMetadata::partition).orElse(-1);
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElse(-1L);
        boolean named = record.key() != null && RunKey.isKey(record.key());
        RunKey key = named
                ? RunKey.parse(record.key())
                : new RunKey(FoldRowsIntoRun.NO_SHOP, "run-log-" + partition + '-' + offset);
        return new RecordPosition(key, partition, offset, record.timestamp());
    }
}
