package dynoai.bench.pipeline;

/**
 * Amount of work of the parts that measure the fleet.
 *
 * @param rows of the logs; 60,000 are 5 MB
 * @param uploads of one round
 * @param returns logs that an agent sends and whose runs it brings back
 * @param starts of an agent
 * @param visits of a good shop, each a connection with two requests
 * @param ofB logs of a shop while logs of another one wait
 * @param backlog logs that wait, of 500 rows
 * @param connections that hostile clients hold open
 */
record FleetSize(
        int rows, int uploads, int rounds, int returns, int starts, int visits, int ofB, int backlog, int connections) {
    static final FleetSize FULL = new FleetSize(60_000, 40, 7, 50, 11, 800, 20, 2_000, 10_000);
    static final FleetSize SMOKE = new FleetSize(2_000, 8, 1, 1, 1, 40, 1, 20, 100);
}
