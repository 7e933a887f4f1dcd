package dynoai.app.shop;

import dynoai.app.access.ShopTopic;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.pipeline.BrokerFlags;
import dynoai.schemas.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the tokens are, and where changes of them are recorded. */
final class ShopFlags {
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})([dh])");

    @Mixin
    private BrokerFlags kafka = new BrokerFlags();

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "Append a line of JSON for each change to FILE. Default: to stderr.")
    private @Nullable Path audit;

    /** A change of tokens or limits. */
    interface Change {
        /** Makes the change and returns what it was, without secrets. */
        Map<String, @Nullable Object> on(ShopTopic topic) throws Exception;
    }

    ShopTopic topic() throws IOException, CommandException {
        return new ShopTopic(kafka.broker().clients());
    }

    /** Makes a change and records it. The record is opened first, so that no change is without one. */
    void change(Console console, String command, Change change) throws Exception {
        ShopTopic topic = topic();
        if (audit == null) {
            console.message(line(command, made(topic, change)));
            return;
        }
        try (FileChannel file = FileChannel.open(
                audit, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            String line = line(command, made(topic, change)) + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
    }

    private static Map<String, @Nullable Object> made(ShopTopic topic, Change change) throws Exception {
        try {
            return change.on(topic);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, String.valueOf(e.getMessage()));
        }
    }

    private static String line(String command, Map<String, @Nullable Object> what) {
        Map<String, @Nullable Object> line = new TreeMap<>(what);
        line.put("act", "shops " + command);
        line.put("at", Clock.systemUTC().instant().toString());
        line.put("who", System.getProperty("user.name", ""));
        return new String(Json.canonical(line), StandardCharsets.UTF_8).strip();
    }

    /** Returns a period of days or hours, such as 365d or 12h, in milliseconds. */
    static long millis(String flag, String text) throws CommandException {
        Matcher period = DAYS.matcher(text);
        if (!period.matches()) {
            throw new CommandException(
                    ExitCode.INVALID_ARGUMENTS, flag + " takes days or hours, such as 365d or 12h, not " + text);
        }
        long number = Long.parseLong(period.group(1));
        return (period.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number)).toMillis();
    }
}
