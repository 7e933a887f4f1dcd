package dynoai.app.shop;

import dynoai.app.access.ShopTopic;
import dynoai.app.console.Console;
import dynoai.schemas.record.ShopEntry;
import dynoai.schemas.topic.KafkaUnavailableException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and prints new tokens. */
final class IssuedToken {
    private IssuedToken() {}

    /** Writes the entries of a new token, prints it on stdout, and returns what may be recorded of it. */
    static Map<String, @Nullable Object> print(Console console, ShopTopic topic, TokenChanges.Issued issued)
            throws KafkaUnavailableException, InterruptedException {
        topic.write(issued.entries());
        console.println(issued.token().text());
        ShopEntry.Credential credential = issued.credential();
        Map<String, @Nullable Object> what = describe(credential);
        what.put(
                "ended",
                issued.entries().stream()
                        .filter(entry -> !entry.equals(credential))
                        .map(IssuedToken::describe)
                        .toList());
        return what;
    }

    /** Returns what may be shown of a token: all but its hash. */
    static Map<String, @Nullable Object> describe(ShopEntry.Credential credential) {
        Map<String, @Nullable Object> what = new TreeMap<>();
        what.put("token", credential.id());
        what.put("shop", credential.shop());
        what.put("roles", credential.roles());
        what.put("created", Instant.ofEpochMilli(credential.createdMillis()).toString());
        what.put("not_after", Instant.ofEpochMilli(credential.notAfterMillis()).toString());
        what.put("revoked", credential.revoked());
        return what;
    }
}
