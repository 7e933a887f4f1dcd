package dynoai.ingest.stage;

import dynoai.ingest.folder.Claim;
import dynoai.ingest.folder.RunIdentity;
import dynoai.ingest.folder.RunTransport;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder's one carrier, behind which a broken one is replaced. */
final class ReconnectingTransport implements RunTransport {
    private volatile @Nullable RunTransport current;

    void use(@Nullable RunTransport carrier) {
        current = carrier;
    }

    private RunTransport carrier() throws CarrierDown {
        RunTransport carrier = current;
        if (carrier == null) {
            throw new CarrierDown("there is no connection to Kafka", null);
        }
        return carrier;
    }

    @Override
    public Optional<String> runOf(RunIdentity identity) throws CarrierDown {
        return carrier().runOf(identity);
    }

    @Override
    public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
        try {
            return carrier().prepare(claim, bytes);
        } catch (CarrierDown down) {
            throw new IOException(down.getMessage(), down);
        }
    }

    @Override
    public void refuse(Claim claim, Rejection rejection) throws CarrierDown {
        carrier().refuse(claim, rejection);
    }

    @Override
    public void abandon(Claim claim, Rejection why) throws CarrierDown {
        carrier().abandon(claim, why);
    }

    @Override
    public boolean isUnderway(Claim claim, String receipt) throws CarrierDown {
        return carrier().isUnderway(claim, receipt);
    }

    @Override
    public List<RunOutcome> outcomes() throws CarrierDown {
        return carrier().outcomes();
    }
}
