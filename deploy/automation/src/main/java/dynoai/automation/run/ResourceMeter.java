package dynoai.automation.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Measures a step's time and the memory of this process, which parallel steps share. */
final class ResourceMeter {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final long startNanos = System.nanoTime();
    private final long startRss = rssBytes();

    private ResourceMeter() {}

    static ResourceMeter start() {
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        return new ResourceMeter();
    }

    /** Returns the measurement as one line of JSON. */
    String stop(String function) {
        Runtime runtime = Runtime.getRuntime();
        long current = runtime.totalMemory() - runtime.freeMemory();
        long peak = heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return JsonNodeFactory.instance
                .objectNode()
                .put("metric", "resource_usage")
                .put("function", function)
                .put("seconds", Math.round((System.nanoTime() - startNanos) * 1e-3) / 1e6)
                .put("rss_delta", rssBytes() - startRss)
                .put("heap_current", current)
                .put("heap_peak", Math.max(peak, current))
                .toString();
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** Returns 0 if the system has no such file. */
    private static long rssBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException | UncheckedIOException ignored) { // not Linux
            return 0;
        }
    }
}
