package dynoai.automation.recipe;

/** What is wrong with a recipe, and where. */
public record RecipeProblem(String file, int line, String field, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
}
