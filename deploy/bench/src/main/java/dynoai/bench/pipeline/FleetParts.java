package dynoai.bench.pipeline;

import dynoai.bench.pipeline.PipelineOptions.Part;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures the fleet: an intake by itself, and an agent with a whole node. */
final class FleetParts {
    private final PipelineOptions options;
    private final FleetSize size;
    private final Path root;
    private final Path work;
    private final DistinctLogs logs;

    FleetParts(PipelineOptions options, Path root, Path work, DistinctLogs logs) {
        this.options = options;
        this.size = options.size().fleet();
        this.root = root;
        this.work = work;
        this.logs = logs;
    }

    void measure(PipelineReport report) throws Exception {
        if (options.has(Part.UPLOADS) || options.has(Part.HOSTILE)) {
            try (FleetProcesses fleet = FleetProcesses.intake(root, work.resolve("intake"))) {
                intake(fleet, report);
            }
        }
        if (options.has(Part.FLEET_LATENCY)) {
            try (FleetProcesses fleet = FleetProcesses.node(root, work.resolve("fleet"))) {
                new AgentLatency(fleet, logs, size).measure(report);
            }
        }
        if (options.has(Part.FLEET_FAIRNESS)) {
            try (FleetProcesses fleet =
                    FleetProcesses.intake(root, work.resolve("fleet-fairness"), "exporter", "analyzer", "admit")) {
                new FleetFairness(fleet, logs, size).measure(report);
            }
        }
    }

    private void intake(FleetProcesses fleet, PipelineReport report) throws Exception {
        if (options.has(Part.UPLOADS)) {
            byte[] rows = Files.readAllBytes(logs.make(1, size.rows()).get(0));
            new UploadRates(fleet, work.resolve("plain-jetty"), rows, size).measure(report);
        }
        if (options.has(Part.HOSTILE)) {
            new HostileLoad(fleet, size).measure(options.hostileConnections(), report);
        }
    }
}
