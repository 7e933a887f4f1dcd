package dynoai.automation.step;

/** A parameter that is wrong, and what is wrong about it. */
public record ParamProblem(String name, String message) {}
