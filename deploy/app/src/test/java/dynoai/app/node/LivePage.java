package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import dynoai.dashboard.act.RecipeStarts;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** A node and a browser that shows its pages; one for all tests of a class. */
public final class LivePage implements AutoCloseable {
    private final Chrome browser;
    private final LiveNode node;

    private LivePage(Chrome browser, LiveNode node) {
        this.browser = browser;
        this.node = node;
    }

    /** @param folder for the drop folder, the runs and the data */
    public static LivePage start(Path folder) throws Exception {
        return start(folder, null);
    }

    /** @param starts recipes that the page can start, with their runs in {@link LiveNode#recipeRuns}; null for none */
    public static LivePage start(Path folder, @Nullable RecipeStarts starts) throws Exception {
        Chrome browser = Chrome.start();
        try {
            return new LivePage(browser, new LiveNode(folder, starts));
        } catch (Exception | AssertionError e) {
            browser.close();
            throw e;
        }
    }

    public Chrome browser() {
        return browser;
    }

    public ChromeDriver driver() {
        return browser.driver();
    }

    public LiveNode node() {
        return node;
    }

    /** Opens the list with a query like {@code ?shop=a}, or without, and waits for its events. */
    public void openList(String query) {
        driver().get(node.address("/" + query));
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLive);
    }

    /** Opens the page of a log from the list; returns its run folder. */
    public Path openRun(String log) {
        openList("");
        awaitRow(log, "done");
        browser.click(By.linkText(log));
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLoaded);
        return folder();
    }

    /** Waits until a row of the list has all these texts. */
    public void awaitRow(String... texts) {
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> browser.contents("#runs tbody tr").stream()
                        .anyMatch(row -> Stream.of(texts).allMatch(row::contains)));
    }

    private Path folder() {
        String[] parts = driver().getCurrentUrl().split("/");
        return node.runs().resolve(parts[parts.length - 2]).resolve(parts[parts.length - 1]);
    }

    @Override
    public void close() {
        node.close();
        browser.close();
    }
}
