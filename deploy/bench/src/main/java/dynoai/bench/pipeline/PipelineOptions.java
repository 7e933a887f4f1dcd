package dynoai.bench.pipeline;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Options of the pipeline benchmark.
 *
 * @param check whether to exit with 1 if a target is missed
 * @param night whether to measure 10,000 runs and a log of 20 million rows
 */
record PipelineOptions(Set<Part> parts, Size size, boolean check, boolean night) {
    static final String USAGE = """
            usage: deploy/bench/pipeline [--only PART,PART,…] [--smoke] [--night] [--check]
              --only   of: codec, transport, files, latency, runs, fairness,
                       long (all but fairness and long; --smoke all but long)
              --smoke  a minimum of everything, to test the benchmark itself
              --night  10,000 short runs, and also a log of 20,000,000 rows
              --check  exit with 1 if a target is missed by more than noise""";

    /** Parts that can be measured alone. */
    enum Part {
        CODEC,
        TRANSPORT,
        FILES,
        LATENCY,
        RUNS,
        FAIRNESS,
        LONG
    }

    /**
     * Amount of work.
     *
     * @param warmUp logs before the first round
     * @param logs of one round
     * @param rowRuns runs sent row by row in one round of transport
     * @param fairness of the part that measures one shop while another fills the pipeline
     */
    record Size(
            int rows,
            int warmUp,
            int logs,
            int rounds,
            int transportWarmUp,
            int transportRuns,
            int rowRuns,
            int drops,
            int shortRuns,
            Fairness.Size fairness) {
        static final Size FULL = new Size(60_000, 400, 80, 5, 30, 40, 8, 50, 1_000, Fairness.Size.FULL);
        static final Size SMOKE = new Size(2_000, 2, 4, 1, 1, 4, 2, 2, 20, Fairness.Size.SMOKE);
    }

    static PipelineOptions parse(String[] args) {
        Set<Part> parts = EnumSet.complementOf(EnumSet.of(Part.FAIRNESS, Part.LONG));
        Size size = Size.FULL;
        boolean check = false;
        boolean night = false;
        boolean chosen = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--only" -> {
                    if (++i == args.length) {
                        throw new IllegalArgumentException(USAGE);
                    }
                    parts = EnumSet.noneOf(Part.class);
                    chosen = true;
                    for (String name : args[i].split(",")) {
                        parts.add(Part.valueOf(name.toUpperCase(Locale.ROOT)));
                    }
                }
                case "--smoke" -> size = Size.SMOKE;
                case "--check" -> check = true;
                case "--night" -> night = true;
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        if (night) {
            parts.add(Part.LONG);
        }
        if (size.equals(Size.SMOKE) && !chosen) {
            parts.add(Part.FAIRNESS);
        }
        return new PipelineOptions(parts, size, check, night);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    int shortRuns() {
        return night ? 10_000 : size.shortRuns();
    }
}
