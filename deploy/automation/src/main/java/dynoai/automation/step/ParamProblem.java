package dynoai.automation.step;

/** A wrong parameter and the reason. */
public record ParamProblem(String name, String message) {}
