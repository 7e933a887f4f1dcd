package dynoai.app.shop;

import dynoai.app.console.CommandGroup;
import dynoai.app.console.Console;
import picocli.CommandLine;

/** The command {@code shops}. */
public final class ShopCommands {
    private ShopCommands() {}

    public static CommandLine shops(Console console) {
        return CommandGroup.of(
                        "shops",
                        "Manage the tokens and limits of shops.",
                        "shops add north --bootstrap kafka:9092",
                        "shops rotate north --bootstrap kafka:9092",
                        "shops revoke --shop north --bootstrap kafka:9092",
                        "shops list --data data")
                .addSubcommand("add", new ShopsAddCommand(console))
                .addSubcommand("rotate", new ShopsRotateCommand(console))
                .addSubcommand("revoke", new ShopsRevokeCommand(console))
                .addSubcommand("list", new ShopsListCommand(console))
                .addSubcommand("limits", new ShopsLimitsCommand(console));
    }
}
