package dynoai.intake.route;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.intake.http.Failures;
import dynoai.intake.http.Reply;
import dynoai.intake.http.RequestException;
import dynoai.intake.http.Route;
import dynoai.schemas.access.Role;
import dynoai.schemas.json.JsonTree;
import dynoai.schemas.record.AgentContact;
import dynoai.schemas.run.RunId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The contacts of the shops' agents. */
public final class AgentRoutes {
    private static final int MAX_BODY_BYTES = 8 << 10;
    private static final int MAX_TEXT = 500;

    /** So that a shop cannot fill the topic with names. */
    private static final int MAX_AGENTS = 50;

    private static final long SILENT_MILLIS = Duration.ofHours(1).toMillis();
    private static final int RETRY_SECONDS = 600;

    private final Map<String, Map<String, Long>> contacts = new ConcurrentHashMap<>();
    private final ContactPublisher publisher;
    private final InstantSource clock;

    /** Records the latest contact of an agent. */
    @FunctionalInterface
    public interface ContactPublisher {
        /** @throws RequestException if it cannot be recorded at the moment */
        void publish(AgentContact contact) throws RequestException;
    }

    public AgentRoutes(ContactPublisher publisher, InstantSource clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.of("PUT", "/v1/agents/{name}", Set.of(Role.DROP), this::put));
    }

    private CompletionStage<Reply> put(Exchange exchange) throws RequestException {
        String shop = exchange.caller().shop();
        String name = exchange.parameter("name");
        if (!RunId.isValid(name)) {
            throw RequestException.notFound();
        }
        return exchange.receiveSmall(MAX_BODY_BYTES)
                .thenCompose(body -> Failures.completed(() -> {
                    JsonTree json = RunRoutes.json(body);
                    count(shop, name);
                    publisher.publish(new AgentContact(
                            shop,
                            name,
                            bounded(json.at("version").text()),
                            millis(json.at("started").text()),
                            clock.millis(),
                            count(json, "waiting") + count(json, "uploading"),
                            count(json, "in_flight"),
                            bounded(json.at("last_error").text())));
                    return Reply.empty(204);
                }));
    }

    /** @throws RequestException if the shop has too many agents that were in contact with this intake in the last hour */
    private void count(String shop, String name) throws RequestException {
        long now = clock.millis();
        Map<String, Long> ofShop = contacts.computeIfAbsent(shop, each -> new HashMap<>());
        synchronized (ofShop) {
            ofShop.values().removeIf(last -> now - last > SILENT_MILLIS);
            if (ofShop.size() >= MAX_AGENTS && !ofShop.containsKey(name)) {
                throw RequestException.later(
                        ErrorCode.QUOTA_EXCEEDED, "more than " + MAX_AGENTS + " agents", RETRY_SECONDS);
            }
            ofShop.put(name, now);
        }
    }

    private static String bounded(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    private static int count(JsonTree json, String name) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE / 2, json.at(name).whole()));
    }

    private static long millis(String time) throws RequestException {
        try {
            return time.isEmpty() ? 0 : Instant.parse(time).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new RequestException(ErrorCode.INVALID_REQUEST, "started takes a time such as 2026-03-01T09:30:00Z");
        }
    }
}
