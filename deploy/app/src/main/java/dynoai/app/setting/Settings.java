package dynoai.app.setting;

import dynoai.app.console.CommandException;
import dynoai.app.console.ExitCode;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Values of options that are not given as flags: {@code DYNOAI_NAME} in the environment, else {@code name} in the properties
 * file, else the option's default.
 */
public final class Settings implements IDefaultValueProvider {
    private static final String PREFIX = "DYNOAI_";
    private static final String KAFKA = "kafka.";
    private static final String CONFIG = "--config";
    private static final String CONFIG_LABEL = "FILE";
    private static final String CONFIG_DESCRIPTION =
            "Properties file with settings by name; flags and environment override it. DYNOAI_CONFIG.";

    private final Map<String, String> environment;
    private @Nullable Properties file;

    @Option(names = CONFIG, paramLabel = CONFIG_LABEL, description = CONFIG_DESCRIPTION)
    private @Nullable Path config;

    /** The bounds of a setting's number; for other types they do not matter. */
    private record Bounds(double min, double max) {
        static final Bounds NONE = new Bounds(0, Double.POSITIVE_INFINITY);
    }

    public Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Adds {@code --config} and options that are settings to a command that is built without annotations. */
    public static void addTo(CommandSpec spec, OptionSpec.Builder... options) {
        Settings settings = new Settings(System.getenv());
        ISetter setter = new ISetter() {
            @Override
            @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli returns the former value.
            public <T> @Nullable T set(T value) {
                Path former = settings.config;
                settings.config = (Path) value;
                return (T) former;
            }
        };
        CommandSpec mixin = CommandSpec.wrapWithoutInspection(settings)
                .addOption(OptionSpec.builder(CONFIG)
                        .paramLabel(CONFIG_LABEL)
                        .type(Path.class)
                        .description(CONFIG_DESCRIPTION)
                        .setter(setter)
                        .build());
        spec.addMixin("settings", mixin);
        for (OptionSpec.Builder option : options) {
            spec.addOption(option.userObject(Bounds.NONE).build());
        }
    }

    /** Makes the settings of a command with a mixin of this class, direct or nested, take their values from it. */
    public static void attachTo(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        mixins(spec)
                .map(CommandSpec::userObject)
                .filter(Settings.class::isInstance)
                .forEach(settings -> {
                    line.setDefaultValueProvider((Settings) settings);
                    for (OptionSpec option : List.copyOf(spec.options())) {
                        @Nullable Bounds bounds = boundsOf(option);
                        if (bounds != null) {
                            spec.remove(option);
                            spec.addOption(described(option, bounds));
                        }
                    }
                });
    }

    private static Stream<CommandSpec> mixins(CommandSpec spec) {
        return spec.mixins().values().stream().flatMap(mixin -> Stream.concat(Stream.of(mixin), mixins(mixin)));
    }

    /** Returns the bounds of a setting; null for other options. */
    private static @Nullable Bounds boundsOf(ArgSpec option) {
        if (option.userObject() instanceof Bounds bounds) {
            return bounds;
        }
        @Nullable
        Setting setting = option.userObject() instanceof Field field ? field.getAnnotation(Setting.class) : null;
        return setting == null ? null : new Bounds(setting.min(), setting.max());
    }

    private static OptionSpec described(OptionSpec option, Bounds bounds) {
        Class<?> type = option.type();
        boolean flag = type == boolean.class;
        String text = String.join(" ", option.description())
                + (option.defaultValue() == null ? "" : " Default: " + option.defaultValue() + ".")
                + (Double.isInfinite(bounds.max()) ? "" : " From " + text(bounds) + ".")
                + " " + variable(name(option)) + (flag ? "=true." : ".");
        OptionSpec.Builder described = option.toBuilder().description(text);
        if (type == Integer.class || type == int.class) {
            described.converters((ITypeConverter<Integer>) value -> whole(name(option), value, bounds));
        } else if (type == Double.class) {
            described.converters((ITypeConverter<Double>) value -> number(name(option), value, bounds));
        } else if (type == Duration.class) {
            described.converters((ITypeConverter<Duration>)
                    value -> Duration.ofNanos(Math.round(number(name(option), value, bounds) * 1e9)));
        }
        return described.build();
    }

    private static int whole(String name, String text, Bounds bounds) {
        try {
            int number = Integer.parseInt(text.trim());
            if (number >= bounds.min() && number <= bounds.max()) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Rejected below, like a number out of bounds.
        }
        throw new TypeConversionException(name + " takes a whole number from " + text(bounds) + ", not '" + text + "'");
    }

    private static double number(String name, String text, Bounds bounds) {
        try {
            double number = Double.parseDouble(text);
            if (number >= bounds.min() && number <= bounds.max()) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Rejected below, like a number out of bounds.
        }
        throw new TypeConversionException(name + " takes a number from " + text(bounds) + ", not '" + text + "'");
    }

    private static String text(Bounds bounds) {
        return plain(bounds.min()) + " to " + plain(bounds.max());
    }

    private static String plain(double number) {
        return Double.isInfinite(number) ? "Infinity" : Long.toString((long) number);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec option) throws CommandException, IOException {
        if (boundsOf(option) == null) {
            return null;
        }
        String name = name((OptionSpec) option);
        @Nullable String variable = environment.get(variable(name));
        @Nullable String value = variable == null ? file().getProperty(name) : variable;
        return option.type() == boolean.class && !"true".equals(value) ? null : value;
    }

    private static String name(OptionSpec option) {
        return option.longestName().substring("--".length());
    }

    private static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private Properties file() throws CommandException, IOException {
        if (file == null) {
            Properties read = new Properties();
            @Nullable String named = config == null ? environment.get(PREFIX + "CONFIG") : config.toString();
            if (named != null) {
                Path path = Path.of(named);
                if (!Files.isRegularFile(path)) {
                    throw new CommandException(ExitCode.FILE_NOT_FOUND, "no such properties file: " + path);
                }
                try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
                    read.load(reader);
                }
            }
            file = read;
        }
        return file;
    }

    /** Properties of Kafka clients: the flags, else {@code DYNOAI_KAFKA_NAME}, else {@code kafka.NAME} in the file. */
    public Map<String, String> kafka(Map<String, String> flags) throws CommandException, IOException {
        Map<String, String> all = new TreeMap<>();
        Properties properties = file();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(KAFKA)) {
                all.put(name.substring(KAFKA.length()), properties.getProperty(name));
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
