package dynoai.automation.run;

import java.util.List;

/**
 * Where a step is: at the top, or in a round of a group. In a group each round has its own keys; the plain key has the
 * latest round.
 *
 * @param group the group's name; empty at the top
 * @param prefix of the ids of the steps
 */
record StepScope(String group, int round, String prefix) {
    static final StepScope TOP = new StepScope("", 0, "");

    String id(String step) {
        return prefix + step;
    }

    StepScope round(String step, int number) {
        return new StepScope(step, number, prefix + step + "." + number + ".");
    }

    /** Returns the keys of a step's result in the Context. */
    List<String> keys(String step) {
        String plain = "steps." + step + ".result_v1";
        return group.isEmpty()
                ? List.of(plain)
                : List.of(plain, "steps." + group + ".round_" + round + "." + step + ".result_v1");
    }
}
