package dynoai.dashboard.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A command line as text, with quotes where a POSIX shell needs them. */
final class CommandLineText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private final List<String> words = new ArrayList<>();

    CommandLineText(String... words) {
        add((Object[]) words);
    }

    CommandLineText add(Object... more) {
        for (Object word : more) {
            words.add(quoted(word.toString()));
        }
        return this;
    }

    /** Adds an operator of the shell. */
    CommandLineText operator(String operator) {
        words.add(operator);
        return this;
    }

    /** Adds a {@code --set NAME=VALUE} for each option. */
    CommandLineText addOptions(Map<String, String> options) {
        options.forEach((key, value) -> add("--set", key + "=" + value));
        return this;
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
