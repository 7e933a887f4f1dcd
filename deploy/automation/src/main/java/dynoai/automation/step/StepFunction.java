package dynoai.automation.step;

import dynoai.automation.context.Context;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A static method as a step: {@code Result name(Context, Params)} or {@code Result name(Params)}. */
record StepFunction(Method method) implements Scriptlet {
    private static final List<List<Class<?>>> PARAMETERS =
            List.of(List.of(Context.class, Params.class), List.of(Params.class));

    /**
     * Finds a class's function by its name.
     *
     * @throws InvalidStepException if there is not exactly one
     */
    static StepFunction of(Class<?> type, String name) {
        List<Method> found =
                in(type).filter(method -> method.getName().equals(name)).toList();
        if (found.size() == 1) {
            found.get(0).setAccessible(true);
            return new StepFunction(found.get(0));
        }
        if (found.size() > 1) {
            throw new InvalidStepException("class " + type.getName() + " has both " + name + "(Context, Params) and "
                    + name + "(Params); a step needs one of them");
        }
        boolean other = Stream.of(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(name));
        String form = "must be static, take (Context, Params) or (Params) and return a Result";
        String functions = in(type).map(Method::getName).distinct().sorted().collect(Collectors.joining(", "));
        throw new InvalidStepException(
                other
                        ? "method " + name + " of class " + type.getName() + " is not a step: it " + form
                        : "class " + type.getName() + " has no method '" + name + "'; "
                                + (functions.isEmpty() ? "a method " + form : "its functions are " + functions));
    }

    /** Returns the methods of a class that can be steps. */
    static Stream<Method> in(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers())
                        && method.getReturnType() == Result.class
                        && PARAMETERS.contains(Arrays.asList(method.getParameterTypes())));
    }

    @Override
    public Result run(Context context, Params params) throws Exception {
        Thread.currentThread().setContextClassLoader(method.getDeclaringClass().getClassLoader());
        try {
            return (Result)
                    (method.getParameterCount() == 1
                            ? method.invoke(null, params)
                            : method.invoke(null, context, params));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }
}
