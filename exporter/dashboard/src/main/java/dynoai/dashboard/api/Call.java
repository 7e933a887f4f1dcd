package dynoai.dashboard.api;

import dynoai.dashboard.board.VisibleRuns;
import dynoai.dashboard.http.EventStream;
import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.http.Request;
import dynoai.schemas.access.Caller;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A request for a route, with what its caller may see. Answers have no other way to runs.
 *
 * @param ids the variable parts of the path, by name
 */
record Call(Request request, Map<String, String> ids, Supplier<Views.View> view) {
    Caller caller() {
        return request.caller();
    }

    VisibleRuns runs() {
        return view.get().runs();
    }

    EventStream.Source events() {
        return view.get().events();
    }

    /** Returns a variable part of the path. */
    String id(String name) {
        return ids.getOrDefault(name, "");
    }

    /** Returns a parameter of the query. */
    String parameter(String name) {
        return request.parameter(name);
    }

    int number(String name, int defaultValue, int max) throws HttpException {
        return request.number(name, defaultValue, max);
    }
}
