package dynoai.dashboard.http;

import java.io.IOException;

/** Answers requests. */
@FunctionalInterface
public interface Handler {
    /** @throws NoSuchThing when there is no such thing, or the question makes no sense */
    Answer answer(Request request) throws NoSuchThing, IOException;
}
