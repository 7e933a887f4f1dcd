package dynoai.app.shop;

import dynoai.app.access.ShopTopic;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.schemas.access.Role;
import dynoai.schemas.record.ShopEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "limits",
        description = "Set the limits of a shop.",
        footer = {
            "",
            "Limits that are not given stay as they are; 0 sets the default.",
            "",
            "Examples:",
            "  dynoai shops limits north --bytes-per-day 2000000000 --weight 2 --data data",
            "  dynoai shops limits north --bytes-per-day 0 --bootstrap kafka:9092",
        },
        exitCodeList = {
            "2:no node runs on the data directory",
            "5:Kafka is unreachable or rejects the request, or another error"
        })
final class ShopsLimitsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ShopFlags flags = new ShopFlags();

    @Mixin
    private LimitFlags limits = new LimitFlags();

    @Parameters(paramLabel = "SHOP", description = "The shop.")
    private String shop = "";

    ShopsLimitsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        flags.change(console, "limits", this::set);
        return ExitCode.SUCCESS;
    }

    private Map<String, @Nullable Object> set(ShopTopic topic) throws Exception {
        ShopEntry.Limits none = ShopEntry.Limits.none(TokenChanges.shopOf(shop, Set.of(Role.DROP)));
        ShopEntry.Limits known = topic.read().stream()
                .filter(entry -> entry.key().equals(none.key()))
                .map(ShopEntry.Limits.class::cast)
                .findFirst()
                .orElse(none);
        ShopEntry.Limits changed = limits.over(known);
        topic.write(List.of(changed));
        console.println(changed.shop() + ": " + LimitFlags.text(changed));
        return LimitFlags.toJson(changed);
    }
}
