package dynoai.app.shop;

import dynoai.app.access.ShopTopic;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.app.console.JsonOut;
import dynoai.app.pipeline.BrokerFlags;
import dynoai.schemas.record.ShopEntry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List the credentials and limits of all shops.",
        footer = {
            "",
            "The shop * is that of operators. Limits that are not set have their defaults.",
            "",
            "Examples:",
            "  dynoai shops list --bootstrap kafka:9092",
            "  dynoai shops list --data data --json",
        },
        exitCodeList = {
            "2:no node runs on the data directory",
            "5:Kafka is unreachable or rejects the request, or another error"
        })
final class ShopsListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private BrokerFlags kafka = new BrokerFlags();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    ShopsListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<ShopEntry> entries = new ShopTopic(kafka.broker().clients()).read();
        long now = Clock.systemUTC().millis();
        List<ShopEntry.Credential> tokens = new TokenChanges(entries, now)
                .credentials().stream()
                        .sorted(Comparator.comparing(ShopEntry.Credential::shop))
                        .toList();
        List<ShopEntry.Limits> limits = entries.stream()
                .filter(ShopEntry.Limits.class::isInstance)
                .map(ShopEntry.Limits.class::cast)
                .sorted(Comparator.comparing(ShopEntry.Limits::shop))
                .toList();
        List<ShopEntry.Certificates> certificates = entries.stream()
                .filter(ShopEntry.Certificates.class::isInstance)
                .map(ShopEntry.Certificates.class::cast)
                .sorted(Comparator.comparing(ShopEntry.Certificates::shop))
                .toList();
        if (json) {
            JsonOut.print(
                    console,
                    Map.of(
                            "tokens",
                            tokens.stream().map(IssuedToken::describe).toList(),
                            "limits",
                            limits.stream().map(LimitFlags::toJson).toList(),
                            "certificates",
                            certificates.stream()
                                    .map(each -> Map.of("shop", each.shop(), "revoked_until", until(each)))
                                    .toList()));
            return ExitCode.SUCCESS;
        }
        for (ShopEntry.Credential token : tokens) {
            Instant end = Instant.ofEpochMilli(token.notAfterMillis()).truncatedTo(ChronoUnit.MINUTES);
            console.println(String.format(
                    Locale.ROOT,
                    "%-20s %s  %-10s %-8s until %s",
                    token.shop(),
                    token.id(),
                    String.join(",", token.roles()),
                    token.revoked() ? "revoked" : token.isValid(now) ? "valid" : "expired",
                    end));
        }
        for (ShopEntry.Certificates each : certificates) {
            console.println(String.format(
                    Locale.ROOT, "%-20s client certificates issued until %s are revoked", each.shop(), until(each)));
        }
        for (ShopEntry.Limits each : limits) {
            console.println(String.format(Locale.ROOT, "%-20s limits %s", each.shop(), LimitFlags.text(each)));
        }
        if (tokens.isEmpty()) {
            console.message("No shop has a token yet; 'dynoai shops add SHOP' makes one.");
        }
        return ExitCode.SUCCESS;
    }

    private static String until(ShopEntry.Certificates certificates) {
        return Instant.ofEpochMilli(certificates.revokedUntilMillis()).toString();
    }
}
