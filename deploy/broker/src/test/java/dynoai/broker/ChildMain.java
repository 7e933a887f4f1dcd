package dynoai.broker;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs a main class, and ends with the JVM of the test that started it, however that ended. */
public final class ChildMain {
    /** System property: the process id of the test's JVM. */
    public static final String PARENT = "dynoai.test.pid";

    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private ChildMain() {}

    /** @param arguments the main class, then its arguments */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        long parent = Long.getLong(PARENT);
        Thread watch = new Thread(
                () -> {
                    while (ProcessHandle.of(parent)
                            .filter(ProcessHandle::isAlive)
                            .isPresent()) {
                        LockSupport.parkNanos(POLL_NANOS);
                    }
                    Runtime.getRuntime().halt(1);
                },
                "end-with-test");
        watch.setDaemon(true);
        watch.start();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        // As the java command does, this runs the main method of a class that is not public.
        Method main = Class.forName(arguments[0]).getMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) rest);
    }
}
