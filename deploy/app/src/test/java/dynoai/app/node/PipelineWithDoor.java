package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.app.intake.Door;
import dynoai.broker.FreePorts;
import dynoai.intake.event.AuditLines;
import dynoai.schemas.kafka.KafkaClients;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A whole pipeline in this process with a door for shops, over plain HTTP. */
final class PipelineWithDoor implements AutoCloseable {
    private final Pipeline pipeline;
    private final Door door;

    private PipelineWithDoor(Pipeline pipeline, Door door) {
        this.pipeline = pipeline;
        this.door = door;
    }

    /** @param folder has all folders of the node, and {@code audit.jsonl} */
    static PipelineWithDoor start(Path folder) throws Exception {
        Door door = new Door(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.any()),
                Optional.empty(),
                AuditLines.file(folder.resolve("audit.jsonl")));
        Set<StageKind> stages = EnumSet.copyOf(Pipeline.everything());
        stages.addAll(EnumSet.of(StageKind.ADMIT, StageKind.INTAKE));
        Pipeline pipeline = Pipeline.start(
                LiveNode.settings(folder).with(Optional.of(door)), stages, Listeners.of(new Pipeline.Listener() {}));
        await().atMost(LiveNode.MAX_WAIT).until(pipeline::isReady);
        return new PipelineWithDoor(pipeline, door);
    }

    /** Returns the address of the door, with a slash at its end. */
    String url() {
        return door.url();
    }

    KafkaClients clients() {
        return pipeline.clients();
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
