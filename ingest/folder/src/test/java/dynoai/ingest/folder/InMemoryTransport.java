package dynoai.ingest.folder;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.record.RunKey;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Collects sent runs in a list. Rejects logs that contain the word {@code garbage}. */
final class InMemoryTransport implements RunTransport {
    record SentRun(
            String runId,
            int attempt,
            String shop,
            String cell,
            String place,
            String sha256,
            String text,
            Map<String, String> options,
            Map<String, String> optionFiles) {
        RunKey key() {
            return new RunKey(shop, runId);
        }
    }

    final List<SentRun> sent = new CopyOnWriteArrayList<>();
    final List<Result> results = new ArrayList<>();
    Map<RunIdentity, String> ledger = new HashMap<>();
    final Set<String> inFlight = new HashSet<>();
    final List<String> rejected = new ArrayList<>();
    final List<String> abandoned = new ArrayList<>();
    boolean down;

    /** Whether the transport reports that it is down, and rejects logs without a connection. */
    boolean noticesDown;

    /** Sends that were tried. */
    int sends;

    boolean finishesAtOnce = true;
    volatile Runnable beforePrepare = () -> {};

    /** Called with the name of the method and the shop, before anything is done. */
    volatile BiConsumer<String, String> onCall = (method, shop) -> {};

    volatile @Nullable IOException failPrepare;

    /** Delivers the result of a sent run: its run folder exists. */
    void finish(int run) {
        results.add(new Result(
                sent.get(run).key(), sent.get(run).attempt(), sent.get(run).sha256(), Optional.empty(), true));
    }

    void fail(int run, Rejection why) {
        results.add(new Result(
                sent.get(run).key(), sent.get(run).attempt(), sent.get(run).sha256(), Optional.of(why), true));
    }

    @Override
    public boolean isAvailable() {
        return !(noticesDown && down);
    }

    @Override
    public Optional<String> runOf(RunIdentity identity) {
        onCall.accept("runOf", identity.shop());
        return Optional.ofNullable(ledger.get(identity));
    }

    @Override
    public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
        onCall.accept("prepare", claim.shop());
        beforePrepare.run();
        if (failPrepare != null) {
            throw failPrepare;
        }
        String text = Files.readString(bytes, StandardCharsets.UTF_8);
        if (text.contains("garbage")) {
            throw new LogRejectedException(
                    Rejection.of(FailureCode.NOT_TEXT, claim.name() + " holds garbage", "drop a log"));
        }
        return () -> {
            sends++;
            requireConnection();
            onCall.accept("send", claim.shop());
            sent.add(new SentRun(
                    claim.runId(),
                    claim.attempt(),
                    claim.shop(),
                    claim.cell(),
                    claim.place(),
                    claim.sha256(),
                    text,
                    claim.options().toTexts(),
                    claim.optionFiles()));
            ledger.put(RunIdentity.of(claim), claim.runId());
            inFlight.add(claim.runId());
            if (finishesAtOnce) {
                results.add(new Result(claim.key(), claim.attempt(), claim.sha256(), Optional.empty(), true));
            }
            return "receipt";
        };
    }

    @Override
    public void reject(Claim claim, Rejection rejection) throws TransportUnavailableException {
        if (!noticesDown) {
            requireConnection();
        }
        onCall.accept("reject", claim.shop());
        rejected.add(rejection.code().name());
    }

    @Override
    public void abandon(Claim claim, Rejection why) {
        onCall.accept("abandon", claim.shop());
        abandoned.add(claim.runId() + " attempt " + claim.attempt() + ": " + why.code());
        ledger.remove(RunIdentity.of(claim));
    }

    @Override
    public boolean isInFlight(Claim claim, String receipt) {
        onCall.accept("isInFlight", claim.shop());
        return receipt.equals("receipt") && inFlight.contains(claim.runId());
    }

    private void requireConnection() throws TransportUnavailableException {
        if (down) {
            throw new TransportUnavailableException("down", null);
        }
    }

    @Override
    public List<Result> results() {
        List<Result> now = List.copyOf(results);
        results.clear();
        return now;
    }
}
