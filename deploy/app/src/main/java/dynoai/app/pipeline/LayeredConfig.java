package dynoai.app.pipeline;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a long-running command takes its settings: a flag, else the environment, else a properties file, else a default. */
final class LayeredConfig {
    private static final String PREFIX = "DYNOAI_";
    private static final String KAFKA = "kafka.";

    private final Map<String, String> environment;
    private final Properties file;

    private LayeredConfig(Map<String, String> environment, Properties file) {
        this.environment = environment;
        this.file = file;
    }

    /** @param config the properties file as given by a flag; null to look into the environment for one */
    static LayeredConfig of(@Nullable Path config, Map<String, String> environment)
            throws CommandException, IOException {
        String named = config == null ? environment.get(PREFIX + "CONFIG") : config.toString();
        Properties file = new Properties();
        if (named != null) {
            Path path = Path.of(named);
            if (!Files.isRegularFile(path)) {
                throw new CommandException(ExitCode.FILE_NOT_FOUND, "no such properties file: " + path);
            }
            try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
                file.load(reader);
            }
        }
        return new LayeredConfig(environment, file);
    }

    /** @param name as the flag without its hyphens, for example {@code exit-when-idle} */
    @Nullable
    String text(String name, @Nullable String flag) {
        if (flag != null) {
            return flag;
        }
        String variable = environment.get(PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_'));
        return variable != null ? variable : file.getProperty(name);
    }

    String text(String name, @Nullable String flag, String otherwise) {
        String text = text(name, flag);
        return text == null ? otherwise : text;
    }

    /** @return a number within the bounds; any number when they are infinite */
    double number(String name, @Nullable Double flag, double otherwise, double least, double most)
            throws CommandException {
        String text = text(name, flag == null ? null : flag.toString());
        if (text == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // Refused below, as a number out of bounds is.
        }
        throw new CommandException(
                ExitCode.INVALID_ARGUMENTS,
                name + " takes a number from " + plain(least) + " to " + plain(most) + ", not '" + text + "'");
    }

    int whole(String name, @Nullable Integer flag, int otherwise, int least, int most) throws CommandException {
        String text = text(name, flag == null ? null : flag.toString());
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // Refused below, as a number out of bounds is.
        }
        throw new CommandException(
                ExitCode.INVALID_ARGUMENTS,
                name + " takes a whole number from " + least + " to " + most + ", not '" + text + "'");
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : "" + number;
    }

    boolean flag(String name, boolean given) {
        return given || "true".equals(text(name, null));
    }

    /** Properties for Kafka's clients: {@code kafka.NAME} in the file, {@code DYNOAI_KAFKA_NAME} in the environment. */
    Map<String, String> kafka(Map<String, String> flags) {
        Map<String, String> all = new TreeMap<>();
        for (String name : file.stringPropertyNames()) {
            if (name.startsWith(KAFKA)) {
                all.put(name.substring(KAFKA.length()), file.getProperty(name));
            }
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX + "KAFKA_")) {
                String property = name.substring(PREFIX.length() + "KAFKA_".length());
                all.put(property.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        all.putAll(flags);
        return all;
    }
}
