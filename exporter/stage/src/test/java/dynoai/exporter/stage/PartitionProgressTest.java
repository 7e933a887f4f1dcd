package dynoai.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private final PartitionProgress progress = new PartitionProgress(null);

    @Test
    void offset_isThatOfTheFirstUnfinishedRecord() {
        // Given
        begin(10, 11, 14, 90);
        finish(10, 14, 90);
        // When
        OffsetAndMetadata committed = progress.toCommit(91);
        // Then
        assertThat(committed).isEqualTo(new OffsetAndMetadata(11, "exported 3 24"));
    }

    @Test
    void nextOwner_beginsOnlyWhatIsNotExported() {
        // Given
        PartitionProgress next = new PartitionProgress(new OffsetAndMetadata(11, "exported 3 24"));
        // When
        boolean[] begun = {next.begin(11), next.begin(12), next.begin(14), next.begin(90), next.begin(91)};
        // Then
        assertThat(begun).containsExactly(true, true, false, false, true);
    }

    @Test
    void everythingFinished_commitsThePosition() {
        // Given
        begin(10, 11);
        finish(11, 10);
        // When
        OffsetAndMetadata committed = progress.toCommit(13);
        // Then
        assertThat(committed).isEqualTo(new OffsetAndMetadata(13));
    }

    @Test
    void metadataOfAnotherProgram_isIgnored() {
        // Given
        PartitionProgress next = new PartitionProgress(new OffsetAndMetadata(11, "exported x !"));
        // When
        boolean begun = next.begin(12);
        // Then
        assertThat(begun).isTrue();
    }

    @Test
    void metadata_fitsWhatABrokerTakes() {
        // Given
        progress.begin(0);
        for (long offset = 1; offset <= 1000; offset++) {
            progress.begin(offset * 1_000_000);
            progress.finish(offset * 1_000_000);
        }
        // When
        OffsetAndMetadata committed = progress.toCommit(2_000_000_000);
        // Then
        assertThat(committed.metadata()).hasSizeBetween(3900, 4000);
        assertThat(progress.isFarAhead()).isTrue();
    }

    private void begin(long... offsets) {
        for (long offset : offsets) {
            progress.begin(offset);
        }
    }

    private void finish(long... offsets) {
        for (long offset : offsets) {
            progress.finish(offset);
        }
    }
}
