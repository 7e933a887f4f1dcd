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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds Java steps by name: the ready-made ones by their short name, all others by the full name of their class. */
public final class StepCatalog {
    private final Map<String, BuiltInStep> readyMade;
    private final List<Path> classPath;
    private final ClassLoader loader;

    private StepCatalog(Map<String, BuiltInStep> readyMade, List<Path> classPath) {
        this.readyMade = readyMade;
        this.classPath = classPath;
        this.loader = loader(classPath);
    }

    /** @param classPath folders of classes and jars with steps of one's own */
    public static StepCatalog of(List<Path> classPath) {
        Map<String, BuiltInStep> steps = new LinkedHashMap<>();
        for (BuiltInStep step : BuiltInSteps.ALL) {
            steps.put(step.description().name(), step);
        }
        return new StepCatalog(Collections.unmodifiableMap(steps), List.copyOf(classPath));
    }

    /** A fresh step; refused with the reason when there is none of this name. */
    public Scriptlet step(String name) {
        BuiltInStep ready = readyMade.get(name);
        if (ready != null) {
            return ready;
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
            throw new InvalidStepException("cannot make a " + name + ": " + cause);
        }
    }

    /** What is wrong with a step's name or parameters, without making or running it. */
    public List<ParamProblem> check(String name, ObjectNode params) {
        BuiltInStep ready = readyMade.get(name);
        if (ready != null) {
            return ready.problems(params);
        }
        scriptletClass(name);
        return List.of();
    }

    /** The ready-made steps and those found on the class path given, in that order. */
    public List<StepDescription> javaSteps() throws IOException {
        List<StepDescription> found = new ArrayList<>();
        readyMade.values().forEach(step -> found.add(step.description()));
        for (String className : ClassNames.in(classPath)) {
            if (isScriptlet(className)) {
                found.add(describe(scriptletClass(className)));
            }
        }
        return found;
    }

    private static StepDescription describe(Class<? extends Scriptlet> type) {
        StepDoc doc = type.getAnnotation(StepDoc.class);
        return doc == null
                ? new StepDescription(type.getName(), "java", "", "", "", "", List.of())
                : new StepDescription(
                        type.getName(),
                        "java",
                        doc.description(),
                        doc.usage(),
                        doc.returns(),
                        doc.limitations(),
                        List.of());
    }

    private boolean isScriptlet(String className) {
        try {
            scriptletClass(className);
            return true;
        } catch (InvalidStepException otherClass) {
            return false;
        }
    }

    private Class<? extends Scriptlet> scriptletClass(String name) {
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new InvalidStepException("unknown step '" + name + "': no such class, and the ready-made steps are "
                    + String.join(", ", readyMade.keySet()));
        }
        if (!Scriptlet.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
            throw new InvalidStepException(
                    "class " + name + " is no step: it must implement " + Scriptlet.class.getName());
        }
        if (Stream.of(type.getDeclaredConstructors()).noneMatch(made -> made.getParameterCount() == 0)) {
            throw new InvalidStepException("class " + name + " is no step: it needs a constructor without parameters");
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
