package dynoai.ingest.folder;

import dynoai.ingest.folder.claim.Claim;
import dynoai.ingest.folder.claim.Claims;
import dynoai.ingest.folder.claim.ForeignClaimException;
import dynoai.ingest.folder.claim.RunIdentity;
import dynoai.ingest.folder.run.FileState;
import dynoai.ingest.folder.run.IngestEvents;
import dynoai.ingest.folder.run.RunStateMachine;
import dynoai.ingest.folder.run.RunTransport;
import dynoai.ingest.folder.run.TransportUnavailableException;
import dynoai.ingest.folder.scan.DropRoot;
import dynoai.schemas.file.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Loads claims that other processes left in the work folder: one that died, or a replay. */
final class WorkFolder {
    private final Claims claims;
    private final RunStateMachine runs;
    private final RunTransport transport;
    private final IngestEvents events;

    /** Claims that are not ours, with the stamp of what was looked at, so that each is examined and reported once. */
    private final Map<String, List<FileStamp>> foreign = new HashMap<>();

    /** Claims that cannot be loaded at the moment, with the failure, so that only another one is reported again. */
    private final Map<String, String> unloaded = new HashMap<>();

    private String nextExamined = "";

    WorkFolder(Claims claims, RunStateMachine runs, RunTransport transport, IngestEvents events) {
        this.claims = claims;
        this.runs = runs;
        this.transport = transport;
        this.events = events;
    }

    /** @param max claims examined; the next call continues behind the last one */
    void loadNewClaims(int max) throws IOException, TransportUnavailableException {
        SortedSet<String> inWork = claims.inWork();
        foreign.keySet().retainAll(inWork);
        unloaded.keySet().retainAll(inWork);
        List<String> others = new ArrayList<>(inWork.tailSet(nextExamined));
        others.addAll(inWork.headSet(nextExamined));
        others.removeAll(runs.runIds());
        nextExamined = others.size() > max ? others.get(max) : "";
        for (String runId : others.subList(0, Math.min(max, others.size()))) {
            if (!claims.stamp(runId).equals(foreign.get(runId))) {
                load(runId);
            }
        }
    }

    private void load(String runId) throws TransportUnavailableException {
        try {
            Optional<Claim> claim = claims.load(runId, this::isInLedger);
            foreign.remove(runId);
            unloaded.remove(runId);
            if (claim.isPresent()) {
                runs.load(claim.get());
            }
        } catch (ForeignClaimException e) {
            foreign.put(runId, claims.stamp(runId));
            IngestEvents.report(events, Path.of(DropRoot.WORK, runId), new FileState.LeftAlone(e.why()));
        } catch (IOException | RuntimeException e) {
            if (!e.toString().equals(unloaded.put(runId, e.toString()))) {
                events.transientFailure(DropRoot.WORK + "/" + runId, e);
            }
        }
    }

    private boolean isInLedger(Claim claim) throws TransportUnavailableException {
        return transport
                .runOf(RunIdentity.of(claim))
                .filter(claim.runId()::equals)
                .isPresent();
    }
}
