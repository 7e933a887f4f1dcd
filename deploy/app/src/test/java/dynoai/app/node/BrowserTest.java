package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.engine.sample.SampleProfile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A person at a browser: drops logs, watches them, reads, copies, compares. Pictures are left under target/screenshots. */
class BrowserTest {
    private static final String HOSTILE = "<img src=x onerror=document.title='hit'>.csv";

    @TempDir
    private Path temp;

    @Test
    void droppedLog_isWatchedReadCopiedAndCompared() throws Exception {
        // Given
        Path chromium = Programs.need("chromium");
        Path driver = Programs.need("chromedriver");
        try (LiveNode node = new LiveNode(temp);
                Closing browser = new Closing(browser(chromium, driver))) {
            ChromeDriver page = browser.driver();
            page.get(node.address("/"));
            await().until(() -> page.findElement(By.id("link")).getText().equals("live"));

            // When: logs are dropped while the page is open
            node.drop("shop-a/cell-1/first.csv", 1, SampleProfile.Fault.LEAN_FRONT, SampleProfile.Fault.KNOCK);
            node.drop("shop-a/cell-1/" + HOSTILE, 2);
            node.drop("shop-a/bad.csv", "<b>x</b>,y\n1,2\n".getBytes(StandardCharsets.UTF_8));

            // Then: they appear and finish without a reload
            await().atMost(LiveNode.PATIENCE).until(() -> states(page).equals(List.of("done", "done", "rejected")));
            assertThat(rowTexts(page)).anyMatch(text -> text.contains(HOSTILE));
            await().atMost(LiveNode.PATIENCE)
                    .until(() -> rowTexts(page).stream()
                            .anyMatch(text -> text.contains("MISSING_COLUMNS") && text.contains("<b>x</b>")));
            assertThat(page.getTitle()).isEqualTo("DynoAI runs");
            assertThat(page.findElements(By.cssSelector("td img, td b"))).isEmpty();
            assertThat(
                            (Long)
                                    page.executeScript(
                                            "return performance.getEntriesByType('resource').filter(e => !e.name.includes('/api/')).length"))
                    .isLessThanOrEqualTo(4);
            pictures(page, "list");

            // When: a word is searched for
            page.findElement(By.name("q")).sendKeys("first");

            // Then
            await().until(() -> states(page).size() == 1);

            // When: the run is opened
            page.findElement(By.linkText("first.csv")).click();
            await().atMost(LiveNode.PATIENCE)
                    .until(() ->
                            "true".equals(page.findElement(By.tagName("body")).getDomAttribute("data-loaded")));

            // Then: its cells are those of the file
            Path folder = folderOf(node, page.getCurrentUrl());
            assertThat(cells(page)).isEqualTo(csvCells(folder.resolve("VE_Correction_Delta_DYNO.csv")));
            pictures(page, "run");

            // When: the table is copied
            page.executeCdpCommand(
                    "Browser.grantPermissions",
                    Map.of(
                            "permissions",
                            List.of("clipboardReadWrite", "clipboardSanitizedWrite"),
                            "origin",
                            node.address("")));
            page.findElement(By.cssSelector("[data-copy=delta]")).click();

            // Then: the clipboard holds the paste-ready file
            await().until(() -> page.findElement(By.cssSelector("[data-copy=delta]"))
                    .getText()
                    .equals("Copied"));
            assertThat(page.executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                    .isEqualTo(Files.readString(folder.resolve("VE_Delta_PasteReady.txt")));

            // When: it is compared with the other run of the cell
            page.findElement(By.cssSelector("#compare button")).click();

            // Then
            await().until(() -> page.findElement(By.id("comparison")).getText().contains("differences"));
            assertThat(page.findElements(By.cssSelector("#comparison [data-grid=change]")))
                    .hasSize(1);

            // When: the cell's page is opened
            page.findElement(By.id("cell")).click();

            // Then
            await().until(() -> page.findElement(By.id("state")).getText().startsWith("2 runs"));
            assertThat(page.findElements(By.cssSelector("#coverage table"))).hasSize(2);
            pictures(page, "cell");
            assertThat(page.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        }
    }

    private record Closing(ChromeDriver driver) implements AutoCloseable {
        @Override
        public void close() {
            driver.quit();
        }
    }

    private static ChromeDriver browser(Path chromium, Path driver) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(driver.toString()))
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static List<String> states(ChromeDriver page) {
        return texts(page, "#runs .state").stream().sorted().toList();
    }

    private static List<String> rowTexts(ChromeDriver page) {
        try {
            return page.findElements(By.cssSelector("#runs tbody tr")).stream()
                    .map(row -> row.getDomProperty("textContent"))
                    .toList();
        } catch (StaleElementReferenceException drawnAnew) {
            return List.of();
        }
    }

    /** The list may be drawn anew meanwhile. */
    private static List<String> texts(ChromeDriver page, String selector) {
        try {
            return page.findElements(By.cssSelector(selector)).stream()
                    .map(WebElement::getText)
                    .toList();
        } catch (StaleElementReferenceException drawnAnew) {
            return List.of();
        }
    }

    private static List<String> cells(ChromeDriver page) {
        return page.findElements(By.cssSelector("[data-grid=delta] .value")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private static List<String> csvCells(Path file) throws IOException {
        List<String> cells = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1)
                    .forEach(line -> Stream.of(line.split(",", -1))
                            .skip(1)
                            .forEach(cell -> cells.add(cell.replaceFirst("^'", ""))));
        }
        return cells;
    }

    private static Path folderOf(LiveNode node, String address) {
        String[] parts = address.split("/");
        return node.runs().resolve(parts[parts.length - 2]).resolve(parts[parts.length - 1]);
    }

    private static void pictures(ChromeDriver page, String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/screenshots"));
        for (int width : new int[] {1280, 420}) {
            page.manage().window().setSize(new Dimension(width, 1400));
            Files.write(folder.resolve(name + "-" + width + ".png"), page.getScreenshotAs(OutputType.BYTES));
        }
        page.manage().window().setSize(new Dimension(1280, 1400));
    }
}
