package dynoai.engine.retention;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What is kept how long. A kind without a rule is kept. */
public final class RetentionPolicy {
    private final Map<RetentionKind, RetentionRule> rules;

    RetentionPolicy(Map<RetentionKind, RetentionRule> rules) {
        this.rules = new EnumMap<>(rules);
    }

    /** The kinds of which something may go. */
    public Set<RetentionKind> kinds() {
        return Collections.unmodifiableSet(rules.keySet());
    }

    Map<RetentionKind, RetentionRule> rules() {
        return Collections.unmodifiableMap(rules);
    }
}
