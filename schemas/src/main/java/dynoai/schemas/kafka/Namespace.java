package dynoai.schemas.kafka;

import java.util.regex.Pattern;

/**
 * The prefix of every name of a pipeline in a Kafka cluster: topics, consumer groups, transactional ids. Pipelines of different
 * namespaces share a cluster without seeing each other. A name has neither a dot nor a hyphen, so that no namespace's prefix
 * covers another namespace.
 *
 * @param name lower-case letters, digits and underscores, at most 32
 */
public record Namespace(String name) {
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    public static final Namespace DEFAULT = new Namespace("dynoai");

    /** @throws IllegalArgumentException if the name is not valid */
    public Namespace {
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException("a namespace is a lower-case letter, then at most 31 lower-case letters,"
                    + " digits and underscores, not '" + name + "'");
        }
    }

    /** Returns the full name of a topic. */
    public String topic(String topic) {
        return name + '.' + topic;
    }

    /** Returns the full name of a consumer group, or a transactional id. */
    public String id(String id) {
        return name + '-' + id;
    }

    /** Whether a name is in this namespace. */
    public boolean covers(String fullName) {
        return fullName.startsWith(topic("")) || fullName.startsWith(id(""));
    }

    @Override
    public String toString() {
        return name;
    }
}
