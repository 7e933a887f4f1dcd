package dynoai.automation.recipe;

/** A problem of a recipe and where it is. */
public record RecipeProblem(String file, int line, String field, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
}
