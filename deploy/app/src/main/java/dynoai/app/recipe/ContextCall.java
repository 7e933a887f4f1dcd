package dynoai.app.recipe;

import java.util.Locale;

/** What can be asked of a context server. */
enum ContextCall {
    FULL("Print every value."),
    GET("Print the value at a path."),
    SET("Set the value at a path."),
    APPEND("Add a value to the list at a path; begins one where there is none."),
    DELETE("Remove the value at a path and print it."),
    POP("Take one element out of the list at a path and print it.");

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
