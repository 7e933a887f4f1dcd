package dynoai.app.recipe;

import java.util.Locale;

/** Requests to a context server. */
enum ContextCall {
    FULL("Print every value."),
    GET("Print the value at a path."),
    SET("Set the value at a path."),
    APPEND("Add a value to the list at a path; creates the list if it is missing."),
    DELETE("Remove the value at a path and print it."),
    POP("Remove one element from the list at a path and print it.");

    private final String description;

    ContextCall(String description) {
        this.description = description;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    boolean takesValue() {
        return this == SET || this == APPEND;
    }
}
