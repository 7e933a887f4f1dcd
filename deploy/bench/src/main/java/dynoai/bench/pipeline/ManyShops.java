package dynoai.bench.pipeline;

import dynoai.bench.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures {@code dynoai up} with more and more shops: each has a folder in the drop folder and one among the run folders. */
final class ManyShops {
    private static final int ROWS = 500;
    private static final long IDLE_SECONDS = 10;
    private static final double MAX_GROWTH = 1.25;
    private static final double MAX_MEBIBYTES = 1_024;

    private final Node node;
    private final DistinctLogs logs;
    private final int runs;
    private int shops;
    private int cells;

    /** @param runs measured with each number of shops, spread over them */
    ManyShops(Node node, DistinctLogs logs, int runs) {
        this.node = node;
        this.logs = logs;
        this.runs = runs;
    }

    void measure(List<Integer> sizes, PipelineReport report) throws IOException, InterruptedException {
        node.awaitReady();
        List<Double> ofRun = new ArrayList<>();
        List<Double> idle = new ArrayList<>();
        add(sizes.get(0));
        millisOfRun(); // Warms up.
        for (int size : sizes) {
            add(size);
            millisOfRun(); // Sees the new folders.
            ofRun.add(millisOfRun());
            idle.add(idleMillis());
        }
        report.add("shops", "%s", sizes);
        report.add("shops, processor ms a run of " + ROWS + " rows", ofRun);
        report.add("shops, processor ms a second without runs", idle);
        int last = sizes.size() - 1;
        report.add(Target.atMost(
                "cost of a run with " + sizes.get(last) + " shops over " + sizes.get(0),
                ofRun.get(last) / ofRun.get(0),
                MAX_GROWTH,
                "×"));
        report.add(Target.atMost(
                "resident memory of the node with " + sizes.get(last) + " shops",
                node.peakMebibytes(),
                MAX_MEBIBYTES,
                "MiB"));
    }

    private void add(int size) throws IOException {
        for (; shops < size; shops++) {
            for (String folder : List.of("drop", "runs")) {
                Files.createDirectories(node.folder(folder).resolve(shop(shops)));
            }
        }
    }

    private static String shop(int number) {
        return "shop-" + number;
    }

    private double millisOfRun() throws IOException, InterruptedException {
        List<Path> some = logs.make(runs, ROWS);
        int mark = node.mark();
        double before = node.cpuSeconds();
        String cell = "cell-" + cells++;
        for (int i = 0; i < runs; i++) {
            Path log = some.get(i);
            int shop = (int) ((long) i * shops / runs);
            Path place = Files.createDirectories(
                    node.folder("drop").resolve(shop(shop)).resolve(cell));
            Files.createLink(place.resolve(log.getFileName()), log);
        }
        node.awaitRuns(mark, runs);
        return (node.cpuSeconds() - before) * 1000 / runs;
    }

    private double idleMillis() throws InterruptedException {
        double before = node.cpuSeconds();
        long started = System.nanoTime();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        return (node.cpuSeconds() - before) * 1e12 / (System.nanoTime() - started);
    }
}
