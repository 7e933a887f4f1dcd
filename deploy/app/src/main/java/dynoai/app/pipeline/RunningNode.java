package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StopSignal;
import dynoai.app.node.Listeners;
import dynoai.app.node.NodeInfo;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.NodeWeb;
import dynoai.app.node.Pipeline;
import dynoai.broker.BrokerStartException;
import dynoai.schemas.topic.KafkaUnavailableException;
import java.io.IOException;
import java.util.Set;

/** Stages in this process with their page, from the start to the end of a command. */
final class RunningNode implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final NodeWeb web;
    private final Pipeline pipeline;

    private RunningNode(NodeWeb web, Pipeline pipeline) {
        this.web = web;
        this.pipeline = pipeline;
    }

    static RunningNode start(NodeSettings settings, Set<Pipeline.Role> roles, NodeWeb.Place page, ProgressLines lines)
            throws CommandException, IOException {
        NodeWeb web = PageFlags.serve(page, () -> NodeWeb.start(settings, roles, page));
        try {
            Pipeline pipeline = Pipeline.start(settings, roles, web.listeners(Listeners.of(lines)));
            web.show(pipeline);
            NodeInfo.of(settings, pipeline.bootstrap(), web.page()).write(settings.data());
            return new RunningNode(web, pipeline);
        } catch (BrokerStartException | KafkaUnavailableException refused) {
            web.close();
            throw new CommandException(ExitCode.OTHER, String.valueOf(refused.getMessage()), refused);
        } catch (IOException | RuntimeException failed) {
            web.close();
            throw failed;
        }
    }

    /**
     * Waits until every stage works, or the command is to stop.
     *
     * @return whether they work
     */
    boolean awaitReady(StopSignal stop) throws InterruptedException, CommandException {
        while (!stop.await(0)) {
            failIfEnded();
            if (pipeline.isReady()) {
                return true;
            }
            stop.await(LOOK_MILLIS);
        }
        return false;
    }

    void failIfEnded() throws CommandException {
        if (pipeline.failure().isPresent()) {
            throw new CommandException(
                    ExitCode.OTHER,
                    "the pipeline cannot go on: " + pipeline.failure().get());
        }
    }

    Pipeline pipeline() {
        return pipeline;
    }

    NodeWeb web() {
        return web;
    }

    @Override
    public void close() {
        pipeline.close();
        web.close();
    }
}
