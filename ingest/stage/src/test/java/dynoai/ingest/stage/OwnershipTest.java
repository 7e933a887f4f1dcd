package dynoai.ingest.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.record.LedgerEntry;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OwnershipTest {
    private static final String ROOT = "root";

    private final Ownership ownership = new Ownership("here", () -> Instant.ofEpochMilli(5));

    @Test
    void signature_followsTheLatestOne() {
        // When
        LedgerEntry.RootOwner owner = sign(ROOT, owner("there", 7));
        // Then
        assertThat(owner).isEqualTo(new LedgerEntry.RootOwner(ROOT, "here", 8, 5));
    }

    @Test
    void signatureAfterALostLedger_stillFollowsOurOwn() {
        // Given
        sign(ROOT, owner("there", 7));
        // When
        LedgerEntry.RootOwner owner = sign(ROOT, Optional.empty());
        // Then
        assertThat(owner.generation()).isEqualTo(9);
    }

    @Test
    void signatureAfterTheHighestGeneration_startsAgainAtOne() {
        // When
        LedgerEntry.RootOwner owner = sign(ROOT, owner("there", Long.MAX_VALUE));
        // Then
        assertThat(owner.generation()).isEqualTo(1);
        assertThat(ownership.takenOverBy(Optional.of(owner))).isEmpty();
    }

    @Test
    void ownAndOlderSignatures_areNotATakeOver() {
        // Given
        Optional<LedgerEntry.RootOwner> own = Optional.of(sign(ROOT, owner("there", 7)));
        // When
        Optional<String> byOwn = ownership.takenOverBy(own);
        Optional<String> byOlder = ownership.takenOverBy(owner("there", 7));
        // Then
        assertThat(byOwn).isEmpty();
        assertThat(byOlder).isEmpty();
    }

    @Test
    void laterSignature_isATakeOver() {
        // Given
        sign(ROOT, Optional.empty());
        // When
        Optional<String> other = ownership.takenOverBy(owner("there", 2));
        // Then
        assertThat(other).contains("there");
    }

    @Test
    void laterSignatureUnderOurName_isATakeOverByAProcessOfTheSameName() {
        // Given
        sign(ROOT, Optional.empty());
        // When
        Optional<String> other = ownership.takenOverBy(owner("here", 2));
        // Then
        assertThat(other).contains("another process called here");
    }

    private LedgerEntry.RootOwner sign(String rootId, Optional<LedgerEntry.RootOwner> latest) {
        LedgerEntry.RootOwner own = ownership.next(rootId, latest);
        ownership.signed(own);
        return own;
    }

    private static Optional<LedgerEntry.RootOwner> owner(String node, long generation) {
        return Optional.of(new LedgerEntry.RootOwner(ROOT, node, generation, 0));
    }
}
