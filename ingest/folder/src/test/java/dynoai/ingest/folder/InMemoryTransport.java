package dynoai.ingest.folder;

import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
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
import org.jspecify.annotations.Nullable;

/** Carries runs into a list. A log that holds the word {@code garbage} is refused. */
final class InMemoryTransport implements RunTransport {
    record SentRun(
            String runId,
            int attempt,
            String shop,
            String cell,
            String sha256,
            String text,
            Map<String, String> options,
            Map<String, String> optionFiles) {}

    final List<SentRun> sent = new CopyOnWriteArrayList<>();
    final List<RunOutcome> outcomes = new ArrayList<>();
    final Map<RunIdentity, String> ledger = new HashMap<>();
    final Set<String> underway = new HashSet<>();
    final List<String> refused = new ArrayList<>();
    final List<String> abandoned = new ArrayList<>();
    boolean down;
    boolean finishesAtOnce = true;
    volatile Runnable beforePrepare = () -> {};
    volatile @Nullable IOException failPrepare;

    /** The result of one of the runs sent: its folder is there. */
    void finish(int run) {
        outcomes.add(new RunOutcome(
                sent.get(run).runId(), sent.get(run).attempt(), sent.get(run).sha256(), Optional.empty()));
    }

    void fail(int run, Rejection why) {
        outcomes.add(new RunOutcome(
                sent.get(run).runId(), sent.get(run).attempt(), sent.get(run).sha256(), Optional.of(why)));
    }

    @Override
    public Optional<String> runOf(RunIdentity identity) {
        return Optional.ofNullable(ledger.get(identity));
    }

    @Override
    public Prepared prepare(Claim claim, Path bytes) throws LogRejectedException, IOException {
        beforePrepare.run();
        if (failPrepare != null) {
            throw failPrepare;
        }
        String text = Files.readString(bytes, StandardCharsets.UTF_8);
        if (text.contains("garbage")) {
            throw new LogRejectedException(
                    Rejection.of(FailureCode.NOT_TEXT, claim.name() + " holds garbage", "drop a log"));
        }
        return run -> {
            if (down) {
                throw new CarrierDown("down", null);
            }
            sent.add(new SentRun(
                    run.runId(),
                    run.attempt(),
                    run.shop(),
                    run.cell(),
                    run.sha256(),
                    text,
                    run.options().toTexts(),
                    run.optionFiles()));
            ledger.put(RunIdentity.of(run), run.runId());
            underway.add(run.runId());
            if (finishesAtOnce) {
                outcomes.add(new RunOutcome(run.runId(), run.attempt(), run.sha256(), Optional.empty()));
            }
            return "parcel";
        };
    }

    @Override
    public void refuse(Claim claim, Rejection rejection) {
        refused.add(rejection.code().name());
    }

    @Override
    public void abandon(Claim claim, Rejection why) {
        abandoned.add(claim.runId() + " attempt " + claim.attempt() + ": " + why.code());
        ledger.remove(RunIdentity.of(claim));
    }

    @Override
    public boolean isUnderway(Claim claim, String receipt) {
        return receipt.equals("parcel") && underway.contains(claim.runId());
    }

    @Override
    public List<RunOutcome> outcomes() {
        List<RunOutcome> now = List.copyOf(outcomes);
        outcomes.clear();
        return now;
    }
}
