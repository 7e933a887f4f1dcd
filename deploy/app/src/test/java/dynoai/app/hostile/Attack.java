package dynoai.app.hostile;

/**
 * An attack on a node.
 *
 * @param name for reports
 * @param how what the attacker does
 * @param holds what must hold then, besides what must hold after every attack
 * @param prepare what the attacker does while no log is in flight
 * @param times how often the attacker strikes
 * @param perSecond strikes
 * @param strike one strike
 * @param check asserts what must hold and removes what would hinder the next attack
 */
record Attack(
        String name, String how, String holds, Step prepare, int times, int perSecond, Strike strike, Step check) {
    private static final int PER_SECOND = 50;

    /** An attack without preparation. */
    Attack(String name, String how, String holds, int times, Strike strike, Step check) {
        this(name, how, holds, node -> {}, times, PER_SECOND, strike, check);
    }

    /** The same attack with another rate. */
    Attack perSecond(int strikes) {
        return new Attack(name, how, holds, prepare, times, strikes, strike, check);
    }

    /** The same attack after a preparation. */
    Attack after(Step first) {
        return new Attack(name, how, holds, first, times, perSecond, strike, check);
    }

    /** Does one of an attack's strikes. */
    @FunctionalInterface
    interface Strike {
        /** @param number 0 for the first strike */
        void run(NodeUnderAttack node, Mutator mutator, int number) throws Exception;
    }

    /** What is done once, before or after the strikes. */
    @FunctionalInterface
    interface Step {
        void run(NodeUnderAttack node) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
