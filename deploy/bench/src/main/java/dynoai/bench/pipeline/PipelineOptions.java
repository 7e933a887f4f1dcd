package dynoai.bench.pipeline;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Options of the pipeline benchmark.
 *
 * @param history numbers of earlier runs, ascending
 * @param postgres URL of an empty database; empty for none
 * @param check whether to exit with 1 if a target is missed
 * @param night whether to measure 10,000 runs and a log of 20 million rows
 * @param hostileConnections that hostile clients hold open
 */
record PipelineOptions(
        Set<Part> parts,
        Size size,
        List<Integer> history,
        String postgres,
        boolean check,
        boolean night,
        int hostileConnections) {
    static final String USAGE = """
            usage: deploy/bench/pipeline [--only PART,PART,…] [--smoke] [--night] [--check]
                                      [--history N,N,…] [--postgres URL]
                                      [--connections N]
              --only      of: codec, transport, files, latency, runs, fairness,
                          catalogue, ledger, shops, partitions, admit,
                          uploads, hostile, fleet-latency, fleet-fairness,
                          long
                          (default: the first five; with --smoke all but the
                          last two)
              --smoke     a minimum of everything, to test the benchmark itself
              --night     10,000 short runs, and also a log of 20,000,000 rows
              --history   numbers of earlier runs for catalogue and ledger
                          (1000,10000,100000,1000000)
              --postgres  JDBC URL of an empty database for catalogue
              --connections  of hostile clients (10,000)
              --check     exit with 1 if a target is missed by more than noise""";

    /** Parts that can be measured alone. */
    enum Part {
        CODEC,
        TRANSPORT,
        FILES,
        LATENCY,
        RUNS,
        FAIRNESS,
        CATALOGUE,
        LEDGER,
        SHOPS,
        PARTITIONS,
        ADMIT,
        UPLOADS,
        HOSTILE,
        FLEET_LATENCY,
        FLEET_FAIRNESS,
        LONG
    }

    /**
     * Amount of work.
     *
     * @param warmUp logs before the first round
     * @param logs of one round
     * @param rowRuns runs sent row by row in one round of transport
     * @param history numbers of earlier runs, ascending
     * @param shops numbers of shops, ascending
     * @param partitions numbers of partitions, ascending
     * @param runsOfEach short runs measured with each number of entries of the ledger, of shops and of partitions
     * @param fairness of the part that measures one shop while another fills the pipeline
     * @param fleet of the parts that measure intake and agent
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
            List<Integer> history,
            List<Integer> shops,
            List<Integer> partitions,
            int runsOfEach,
            Fairness.Size fairness,
            FleetSize fleet) {
        static final Size FULL = new Size(
                60_000,
                400,
                80,
                5,
                30,
                40,
                8,
                50,
                1_000,
                List.of(1_000, 10_000, 100_000, 1_000_000),
                List.of(1, 1_000, 100_000),
                List.of(4, 24, 96),
                100,
                Fairness.Size.FULL,
                FleetSize.FULL);
        static final Size SMOKE = new Size(
                2_000,
                2,
                4,
                1,
                1,
                4,
                2,
                2,
                20,
                List.of(100, 1_000),
                List.of(1, 20),
                List.of(4, 6),
                5,
                Fairness.Size.SMOKE,
                FleetSize.SMOKE);
    }

    static PipelineOptions parse(String[] args) {
        Set<Part> parts = EnumSet.range(Part.CODEC, Part.RUNS);
        Size size = Size.FULL;
        List<Integer> history = List.of();
        String postgres = "";
        boolean check = false;
        boolean night = false;
        boolean chosen = false;
        int connections = 0;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--only" -> {
                    parts = EnumSet.noneOf(Part.class);
                    chosen = true;
                    for (String name : value(args, ++i).split(",")) {
                        parts.add(Part.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
                    }
                }
                case "--smoke" -> size = Size.SMOKE;
                case "--history" ->
                    history = Arrays.stream(value(args, ++i).split(","))
                            .map(Integer::valueOf)
                            .sorted()
                            .toList();
                case "--postgres" -> postgres = value(args, ++i);
                case "--connections" -> connections = Integer.parseInt(value(args, ++i));
                case "--check" -> check = true;
                case "--night" -> night = true;
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        if (night) {
            parts.add(Part.LONG);
        }
        if (size.equals(Size.SMOKE) && !chosen) {
            parts.addAll(EnumSet.range(Part.FAIRNESS, Part.FLEET_LATENCY));
        }
        return new PipelineOptions(
                parts,
                size,
                history.isEmpty() ? size.history() : history,
                postgres,
                check,
                night,
                connections == 0 ? size.fleet().connections() : connections);
    }

    private static String value(String[] args, int at) {
        if (at == args.length) {
            throw new IllegalArgumentException(USAGE);
        }
        return args[at];
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    int shortRuns() {
        return night ? 10_000 : size.shortRuns();
    }
}
