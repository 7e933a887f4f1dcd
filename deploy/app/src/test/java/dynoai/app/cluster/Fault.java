package dynoai.app.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One kind of fault and whom it hits. */
record Fault(FaultKind kind, Member victim) {
    private static final int MOST_BEFORE = 3;

    /** Roles and kinds take turns: a fault hits another role than the one before, and a member has every kind before the next of its role. */
    static List<Fault> plan(List<Member> members, int count, Random random) {
        List<Member> shuffled = new ArrayList<>(members);
        Collections.shuffle(shuffled, random);
        Map<String, List<Member>> roles = new LinkedHashMap<>();
        shuffled.forEach(member ->
                roles.computeIfAbsent(member.role(), role -> new ArrayList<>()).add(member));
        List<List<Member>> turns = List.copyOf(roles.values());
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int turn = i % turns.size();
            int round = i / turns.size();
            List<Member> role = turns.get(turn);
            List<FaultKind> kinds = role.get(0).kinds();
            faults.add(
                    new Fault(kinds.get((turn + round) % kinds.size()), role.get(round / kinds.size() % role.size())));
        }
        return faults;
    }

    /** Strikes under load for a time, after a few logs and until the next one. */
    void strike(Duration time, Load load, Random random, FaultReport report) throws Exception {
        load.untilDone(1 + random.nextInt(MOST_BEFORE));
        load.measureFromNow();
        kind.begin(victim);
        load.during(time);
        kind.end(victim);
        load.untilDone(1);
        report.add(kind, victim, load.longestSilence());
    }
}
