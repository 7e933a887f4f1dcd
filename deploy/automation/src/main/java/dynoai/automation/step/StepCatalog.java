package dynoai.automation.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds Java steps: built-in ones by their short name, others by the full name of their class, functions by {@code
 * class#method}.
 */
public final class StepCatalog {
    private static final String METHOD = "#";

    private final Map<String, BuiltInStep> builtIn;
    private final List<Path> classPath;
    private final ClassLoader loader;

    private StepCatalog(Map<String, BuiltInStep> builtIn, List<Path> classPath) {
        this.builtIn = builtIn;
        this.classPath = classPath;
        this.loader = loader(classPath);
    }

    /** @param classPath folders of classes and jars with further steps */
    public static StepCatalog of(List<Path> classPath) {
        Map<String, BuiltInStep> steps = new LinkedHashMap<>();
        for (BuiltInStep step : BuiltInSteps.ALL) {
            steps.put(step.description().name(), step);
        }
        return new StepCatalog(Collections.unmodifiableMap(steps), List.copyOf(classPath));
    }

    /**
     * Returns a new step.
     *
     * @throws InvalidStepException if there is no step of this name, or it cannot be created
     */
    public Scriptlet step(String name) {
        BuiltInStep known = builtIn.get(name);
        if (known != null) {
            return known;
        }
        if (name.contains(METHOD)) {
            return function(name);
        }
        try {
            Constructor<? extends Scriptlet> constructor = scriptletClass(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            if (e instanceof InvalidStepException) {
                throw (InvalidStepException) e;
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InvalidStepException("cannot create a " + name + ": " + cause);
        }
    }

    /** Checks a step's name and parameters without creating or running it. */
    public List<ParamProblem> check(String name, ObjectNode params) {
        BuiltInStep known = builtIn.get(name);
        if (known != null) {
            return known.problems(params);
        }
        if (name.contains(METHOD)) {
            function(name);
        } else {
            scriptletClass(name);
        }
        return List.of();
    }

    private StepFunction function(String name) {
        int end = name.indexOf(METHOD);
        return StepFunction.of(anyClass(name.substring(0, end)), name.substring(end + 1));
    }

    /** Returns the built-in steps, then those of the class path. */
    public List<StepDescription> javaSteps() throws IOException {
        List<StepDescription> found = new ArrayList<>();
        builtIn.values().forEach(step -> found.add(step.description()));
        for (String className : ClassNames.in(classPath)) {
            if (isScriptlet(className)) {
                Class<?> type = scriptletClass(className);
                found.add(describe(className, type.getAnnotation(StepDoc.class)));
            }
            found.addAll(functions(className));
        }
        return found;
    }

    private List<StepDescription> functions(String className) {
        try {
            return StepFunction.in(anyClass(className))
                    .map(method -> describe(className + METHOD + method.getName(), method.getAnnotation(StepDoc.class)))
                    .sorted(Comparator.comparing(StepDescription::name))
                    .toList();
        } catch (InvalidStepException | LinkageError ignored) { // a class that cannot be loaded
            return List.of();
        }
    }

    private static StepDescription describe(String name, @Nullable StepDoc doc) {
        return doc == null
                ? new StepDescription(name, "java", "", "", "", "", List.of())
                : new StepDescription(
                        name, "java", doc.description(), doc.usage(), doc.returns(), doc.limitations(), List.of());
    }

    private boolean isScriptlet(String className) {
        try {
            scriptletClass(className);
            return true;
        } catch (InvalidStepException ignored) { // another class
            return false;
        }
    }

    private Class<?> anyClass(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new InvalidStepException("unknown step '" + name + "': no such class, and the built-in steps are "
                    + String.join(", ", builtIn.keySet()));
        }
    }

    private Class<? extends Scriptlet> scriptletClass(String name) {
        Class<?> type = anyClass(name);
        if (!Scriptlet.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
            throw new InvalidStepException("class " + name + " is not a step: it must implement "
                    + Scriptlet.class.getName() + ", or a static function of it is named with method:");
        }
        if (Stream.of(type.getDeclaredConstructors()).noneMatch(made -> made.getParameterCount() == 0)) {
            throw new InvalidStepException(
                    "class " + name + " is not a step: it needs a constructor without parameters");
        }
        return type.asSubclass(Scriptlet.class);
    }

    private static ClassLoader loader(List<Path> classPath) {
        ClassLoader own = StepCatalog.class.getClassLoader();
        if (classPath.isEmpty()) {
            return own;
        }
        URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            Path entry = classPath.get(i);
            if (!Files.exists(entry)) {
                throw new InvalidStepException("no such folder or jar of steps: " + entry);
            }
            try {
                urls[i] = entry.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new InvalidStepException("not a folder or jar of steps: " + entry);
            }
        }
        return new URLClassLoader(urls, own);
    }
}
