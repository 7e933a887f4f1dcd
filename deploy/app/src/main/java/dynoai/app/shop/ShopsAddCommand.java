package dynoai.app.shop;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.schemas.access.Role;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        description = "Make a token for a shop or for operators, and print it once.",
        footer = {
            "",
            "Only a hash of the token is stored: what is printed on stdout cannot be shown again. It is valid within seconds.",
            "drop sends logs, read sees the shop's runs, operate sees and changes the runs of all shops.",
            "",
            "Examples:",
            "  dynoai shops add north --bootstrap kafka:9092 > north.token",
            "  dynoai shops add north --roles read --expires 30d --data data",
            "  dynoai shops add --roles operate --data data",
        },
        exitCodeList = {
            "2:no node runs on the data directory",
            "5:Kafka is unreachable or rejects the request, or another error"
        })
final class ShopsAddCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ShopFlags flags = new ShopFlags();

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            defaultValue = "drop,read",
            description = "What it allows: drop, read, or operate. Default: ${DEFAULT-VALUE}.")
    private List<Role> roles = List.of();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "365d",
            description = "Until when it is valid, in days or hours from now. Default: ${DEFAULT-VALUE}.")
    private String expires = "";

    @Parameters(arity = "0..1", paramLabel = "SHOP", description = "The shop; none with the role operate.")
    private String shop = "";

    ShopsAddCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        long valid = ShopFlags.millis("--expires", expires);
        Set<Role> wanted = EnumSet.noneOf(Role.class);
        wanted.addAll(roles);
        flags.change(console, "add", topic -> {
            String of = TokenChanges.shopOf(shop, wanted);
            TokenChanges changes =
                    new TokenChanges(topic.read(), Clock.systemUTC().millis());
            return IssuedToken.print(console, topic, changes.add(of, wanted, valid));
        });
        return ExitCode.SUCCESS;
    }
}
