package dynoai.bench.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Whether a run costs the same however many came before: processor time of each part of a long row of short runs. */
final class RunCost {
    private RunCost() {}

    /** Processor milliseconds a run, part by part. */
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
