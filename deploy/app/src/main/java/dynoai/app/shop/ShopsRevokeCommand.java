package dynoai.app.shop;

import dynoai.app.access.ShopTopic;
import dynoai.app.console.CommandException;
import dynoai.app.console.Console;
import dynoai.app.console.ExitCode;
import dynoai.schemas.access.Role;
import dynoai.schemas.record.ShopEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Revoke a token, or all credentials of a shop.",
        footer = {
            "",
            "Within seconds every process that can reach Kafka refuses it, and ends sessions and streams that began with it.",
            "--shop also revokes the shop's client certificates: those that are valid from a time before now. A new one is",
            "accepted if it is issued afterwards.",
            "",
            "Examples:",
            "  dynoai shops revoke 3f9k2m8q1x7z --bootstrap kafka:9092",
            "  dynoai shops revoke --shop north --data data --audit audit.jsonl",
        },
        exitCodeList = {
            "2:no node runs on the data directory",
            "5:Kafka is unreachable or rejects the request, or another error"
        })
final class ShopsRevokeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ShopFlags flags = new ShopFlags();

    @Option(
            names = "--shop",
            paramLabel = "SHOP",
            description = "In place of TOKEN_ID: all tokens and client certificates of a shop.")
    private String shop = "";

    @Parameters(arity = "0..1", paramLabel = "TOKEN_ID", description = "The id of a token, see 'dynoai shops list'.")
    private String id = "";

    ShopsRevokeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (id.isEmpty() == shop.isEmpty()) {
            throw new CommandException(ExitCode.INVALID_ARGUMENTS, "give TOKEN_ID or --shop SHOP");
        }
        flags.change(console, "revoke", this::revoke);
        return ExitCode.SUCCESS;
    }

    private Map<String, @Nullable Object> revoke(ShopTopic topic) throws Exception {
        TokenChanges changes = new TokenChanges(topic.read(), Clock.systemUTC().millis());
        return id.isEmpty()
                ? revokeShop(topic, TokenChanges.shopOf(shop, Set.of(Role.READ)), changes)
                : revokeToken(topic, changes.revoke(id));
    }

    private Map<String, @Nullable Object> revokeToken(ShopTopic topic, List<ShopEntry.Credential> revoked)
            throws Exception {
        topic.write(revoked);
        return print(revoked);
    }

    private Map<String, @Nullable Object> revokeShop(ShopTopic topic, String of, TokenChanges changes)
            throws Exception {
        List<ShopEntry.Credential> revoked = changes.revokeTokens(of);
        ShopEntry.Certificates certificates = changes.revokeCertificates(of);
        List<ShopEntry> entries = new ArrayList<>(revoked);
        entries.add(certificates);
        topic.write(entries);
        if (revoked.isEmpty()) {
            console.message("the shop " + of + " had no valid token; is its name right?");
        }
        Map<String, @Nullable Object> what = print(revoked);
        String until = Instant.ofEpochMilli(certificates.revokedUntilMillis()).toString();
        console.println("revoked the client certificates of " + of + " that were issued until " + until);
        what.put("shop", of);
        what.put("certificates_revoked_until", until);
        return what;
    }

    private Map<String, @Nullable Object> print(List<ShopEntry.Credential> revoked) {
        revoked.forEach(each -> console.println("revoked " + each.id() + " of " + each.shop()));
        Map<String, @Nullable Object> what = new TreeMap<>();
        what.put("revoked", revoked.stream().map(IssuedToken::describe).toList());
        return what;
    }
}
