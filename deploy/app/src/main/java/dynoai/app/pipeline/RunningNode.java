package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import dynoai.app.console.StopSignal;
import dynoai.app.node.BoundRecipes;
import dynoai.app.node.Listeners;
import dynoai.app.node.NodeInfo;
import dynoai.app.node.NodeSettings;
import dynoai.app.node.NodeWeb;
import dynoai.app.node.Pipeline;
import dynoai.app.node.StageKind;
import dynoai.broker.BrokerStartException;
import dynoai.dashboard.Place;
import dynoai.dashboard.act.RecipeStarts;
import dynoai.schemas.topic.KafkaUnavailableException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stages of this process and their page, for the time of one command. */
final class RunningNode implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private final NodeWeb web;
    private final Pipeline pipeline;

    private RunningNode(NodeWeb web, Pipeline pipeline) {
        this.web = web;
        this.pipeline = pipeline;
    }

    /** @param starts the recipes that the page can start; null for none */
    static RunningNode start(
            NodeSettings settings, Set<StageKind> roles, Place page, ProgressLines lines, @Nullable RecipeStarts starts)
            throws CommandException, BrokerStartException, KafkaUnavailableException, IOException {
        NodeWeb web = PageFlags.serve(
                page, () -> NodeWeb.start(settings, roles, page, BoundRecipes.shown(settings.data()), starts));
        try {
            Pipeline pipeline = Pipeline.start(settings, roles, web.listeners(Listeners.of(lines)));
            web.show(pipeline);
            NodeInfo.of(settings, pipeline.bootstrap(), web).write(settings.data());
            return new RunningNode(web, pipeline);
        } catch (BrokerStartException
                | KafkaUnavailableException
                | IOException
                | CommandException
                | RuntimeException e) {
            web.close();
            throw e;
        }
    }

    /** Waits until every stage is ready, and returns whether they are; false when the command must stop first. */
    boolean awaitReady(StopSignal stop) throws InterruptedException, CommandException {
        while (!stop.await(0)) {
            failIfEnded();
            if (pipeline.isReady()) {
                return true;
            }
            stop.await(POLL_MILLIS);
        }
        return false;
    }

    void failIfEnded() throws CommandException {
        if (pipeline.failure().isPresent()) {
            throw new CommandException(ExitCode.OTHER, "the pipeline cannot go on: " + pipeline.endReason());
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
