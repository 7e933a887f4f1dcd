package dynoai.bench.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** CPU time per run over a long series of short runs, to show that it does not grow. */
final class RunCost {
    private RunCost() {}

    /** Returns CPU milliseconds per run for each part of the series. */
    static double[] millisPerRun(Node node, List<Path> logs, int parts) throws IOException, InterruptedException {
        double[] millis = new double[parts];
        int each = logs.size() / parts;
        for (int part = 0; part < parts; part++) {
            int mark = node.mark();
            double before = node.cpuSeconds();
            node.drop(logs.subList(part * each, (part + 1) * each));
            node.awaitRuns(mark, each);
            millis[part] = (node.cpuSeconds() - before) * 1000 / each;
        }
        return millis;
    }
}
