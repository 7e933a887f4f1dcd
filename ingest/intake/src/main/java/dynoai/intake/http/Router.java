package dynoai.intake.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the route of a request. Nothing but open routes is served, or even said to exist, before the caller is known. */
final class Router extends Handler.Abstract {
    private final List<Route> routes;
    private final Gate gate;
    private final ExchangeListener listener;
    private final HttpLimits limits;
    private final InProgress requests;
    private final InProgress downloads;

    Router(List<Route> routes, Gate gate, ExchangeListener listener, HttpLimits limits) {
        this.routes = List.copyOf(routes);
        this.gate = gate;
        this.listener = listener;
        this.limits = limits;
        this.requests = new InProgress("requests", limits.requestsPerShop());
        this.downloads = new InProgress("downloads", limits.downloadsPerShop());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange;
        try {
            exchange = new Exchange(request, limits);
        } catch (RequestException e) {
            ReplyWriter.write(Reply.of(e), request, response, callback, limits);
            return true;
        }
        // A reply may take longer than the idle timeout; waiting for the client is limited by itself.
        request.addIdleTimeoutListener(timeout -> false);
        List<Route> ofPath = ofPath(exchange.path());
        Map<String, String> headers =
                ofPath.isEmpty() ? Map.of() : ofPath.get(0).headers();
        dispatch(exchange, ofPath).whenComplete((reply, failure) -> {
            Optional<ErrorCode> code = Optional.empty();
            Reply sent = reply;
            if (failure != null) {
                Throwable cause = Failures.cause(failure);
                RequestException explained = Failures.explain(cause);
                if (explained != cause) {
                    listener.failed(exchange, cause);
                }
                code = Optional.of(explained.code());
                sent = Reply.of(explained);
            }
            listener.replied(exchange, sent.status(), code);
            ReplyWriter.write(sent.withDefaults(headers), request, response, callback, limits);
        });
        return true;
    }

    private CompletionStage<Reply> dispatch(Exchange exchange, List<Route> ofPath) {
        return Failures.completed(() -> route(exchange, ofPath))
                .thenCompose(route -> Failures.composed(() -> route.handler().handle(exchange)));
    }

    private Route route(Exchange exchange, List<Route> ofPath) throws RequestException, IOException {
        Optional<Route> route = ofPath.stream()
                .filter(each -> each.method().equals(exchange.method()))
                .findFirst();
        route.flatMap(found -> found.match(exchange.path())).ifPresent(exchange::setParameters);
        if (route.isPresent() && route.get().roles().isEmpty()) {
            return route.get();
        }
        exchange.setCaller(gate.admit(exchange));
        if (route.isEmpty()) {
            throw noRoute(exchange, ofPath);
        }
        if (exchange.caller().roles().stream().noneMatch(route.get().roles().orElseThrow()::contains)) {
            throw route.get().hasParameters()
                    ? RequestException.notFound()
                    : new RequestException(ErrorCode.FORBIDDEN, "the credential does not allow this");
        }
        requests.begin(exchange);
        if (route.get().download()) {
            downloads.begin(exchange);
        }
        return route.get();
    }

    private static RequestException noRoute(Exchange exchange, List<Route> ofPath) {
        if (ofPath.isEmpty()) {
            return RequestException.notFound();
        }
        return new RequestException(
                ErrorCode.METHOD_NOT_ALLOWED,
                exchange.method() + " is not allowed here",
                "allowed: "
                        + String.join(", ", ofPath.stream().map(Route::method).toList()));
    }

    private List<Route> ofPath(List<String> path) {
        List<Route> found = new ArrayList<>();
        for (Route route : routes) {
            if (route.match(path).isPresent()) {
                found.add(route);
            }
        }
        return found;
    }
}
