package dynoai.app.shop;

import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rotate",
        description = "Replace a token by a new one, which is printed once.",
        footer = {
            "",
            "The new token has the shop and the roles of the old one. The old one stays valid for the overlap, in which the",
            "shop changes over; earlier ones of the same roles are revoked, so no more than two are valid.",
            "",
            "Examples:",
            "  dynoai shops rotate north --bootstrap kafka:9092 > north.token",
            "  dynoai shops rotate 3f9k2m8q1x7z --overlap 2h --data data",
        },
        exitCodeList = {
            "2:no node runs on the data directory",
            "5:Kafka is unreachable or rejects the request, or another error"
        })
final class ShopsRotateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ShopFlags flags = new ShopFlags();

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "How long the old token stays valid, in days or hours. Default: ${DEFAULT-VALUE}.")
    private String overlap = "";

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "365d",
            description = "Until when the new token is valid, in days or hours from now. Default: ${DEFAULT-VALUE}.")
    private String expires = "";

    @Parameters(paramLabel = "SHOP|TOKEN_ID", description = "The shop, or the id of one of its tokens.")
    private String named = "";

    ShopsRotateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        long kept = ShopFlags.millis("--overlap", overlap);
        long valid = ShopFlags.millis("--expires", expires);
        flags.change(console, "rotate", topic -> {
            TokenChanges changes =
                    new TokenChanges(topic.read(), Clock.systemUTC().millis());
            return IssuedToken.print(console, topic, changes.rotate(named, kept, valid));
        });
        return ExitCode.SUCCESS;
    }
}
