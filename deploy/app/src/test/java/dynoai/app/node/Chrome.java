package dynoai.app.node;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a screen; without Chromium the test is skipped. One for all tests of a class. */
public final class Chrome implements AutoCloseable {
    private static final int WIDE = 1280;
    private static final int NARROW = 420;

    private final ChromeDriver driver;

    private Chrome(ChromeDriver driver) {
        this.driver = driver;
        resize(WIDE, 1400);
    }

    public static Chrome start() {
        Path chromium = Programs.need("chromium");
        Path program = Programs.need("chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(program.toString()))
                .usingAnyFreePort()
                .build();
        return new Chrome(new ChromeDriver(service, options));
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Clicks on an element that may be redrawn at the same time. */
    public void click(By what) {
        with(what, WebElement::click);
    }

    /** Acts on an element that may be redrawn at the same time. */
    public void with(By what, Consumer<WebElement> doing) {
        await().atMost(LiveNode.MAX_WAIT)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> {
                    doing.accept(driver.findElement(what));
                    return true;
                });
    }

    /** Texts of elements; empty while they are redrawn. */
    public List<String> texts(String selector) {
        try {
            return driver.findElements(By.cssSelector(selector)).stream()
                    .map(WebElement::getText)
                    .toList();
        } catch (StaleElementReferenceException redrawn) {
            return List.of();
        }
    }

    /** Contents of elements, seen or not. */
    public List<String> contents(String selector) {
        try {
            return driver.findElements(By.cssSelector(selector)).stream()
                    .map(element -> element.getDomProperty("textContent"))
                    .toList();
        } catch (StaleElementReferenceException redrawn) {
            return List.of();
        }
    }

    public boolean isLoaded() {
        return "true".equals(driver.findElement(By.tagName("body")).getDomAttribute("data-loaded"));
    }

    public boolean isLive() {
        return texts("#link").equals(List.of("live"));
    }

    /** Opens the list and waits until it shows this many rows and its figures. */
    public void openList(String address, int rows) {
        driver.get(address);
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> isLive()
                        && driver.findElements(By.cssSelector("#runs tbody tr")).size() == rows
                        && texts(".tile b").stream().noneMatch("–"::equals));
    }

    /** Opens a page other than the list and waits until it has loaded its data. */
    public void open(String address) {
        driver.get(address);
        await().atMost(LiveNode.MAX_WAIT).until(this::isLoaded);
    }

    /** @param media {@code screen} or {@code print} */
    public void show(String media, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        media,
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Sets the size of the page; a window is never narrower than 500 pixels. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Returns the rules of axe-core that the page breaks, each with the elements. */
    public List<String> violations() throws IOException {
        if (Boolean.FALSE.equals(driver.executeScript("return typeof axe === 'object'"))) {
            driver.executeScript(axe());
        }
        Object broken = driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run().then(found => done(found.violations.map(each =>
                  each.id + ': ' + each.nodes.map(node => node.target.join(' ')).join(', '))), error => done([String(error)]));
                """);
        return ((List<?>) broken).stream().map(String::valueOf).toList();
    }

    private static String axe() throws IOException {
        ClassLoader loader = Chrome.class.getClassLoader();
        Properties axe = new Properties();
        try (InputStream in = loader.getResourceAsStream("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
            axe.load(in);
        }
        String script = "META-INF/resources/webjars/axe-core/" + axe.getProperty("version") + "/axe.min.js";
        try (InputStream in = loader.getResourceAsStream(script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the browser's console says; empty when all is well. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        driver.manage().logs().get(LogType.BROWSER).forEach(entry -> complaints.add(entry.getMessage()));
        return complaints;
    }

    /** What went over the network since it was asked the last time, as the browser's own messages. */
    public List<String> traffic() {
        List<String> traffic = new ArrayList<>();
        driver.manage().logs().get(LogType.PERFORMANCE).forEach(entry -> traffic.add(entry.getMessage()));
        return traffic;
    }

    /** Wide and narrow, light and dark, under {@code target/screenshots}. */
    public void pictures(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/screenshots"));
        for (boolean dark : new boolean[] {false, true}) {
            show("screen", dark);
            for (int width : new int[] {WIDE, NARROW}) {
                resize(width, 1400);
                Path file = folder.resolve(name + "-" + width + (dark ? "-dark" : "") + ".png");
                Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
            }
        }
        show("screen", false);
        resize(WIDE, 1400);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
