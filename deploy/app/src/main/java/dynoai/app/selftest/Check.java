package dynoai.app.selftest;

import java.nio.file.Path;

/** One part of the self-test. */
interface Check {
    String name();

    /**
     * Runs the check in an empty folder of its own and returns what was confirmed.
     *
     * @throws FailedCheckException if a result is wrong; any other exception fails the check too
     */
    String run(Path folder) throws Exception;
}
