package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dynoai.catalogue.run.Notice;
import dynoai.engine.PublishedRun;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.schemas.fault.TimeLimit;
import dynoai.schemas.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/**
 * The pages in a real browser, over run folders alone. The first page's time is held to the figure by the nightly run only; here
 * to twelve times that, since a build's machine is busy.
 */
@Tag("broker")
@Tag("browser")
class PagesTest {
    private static final String HOSTILE = "<img src=x onerror=document.title='hit'>";
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final int FIRST_PAGE_BYTES = 150_000;
    private static final int FIRST_PAGE_REQUESTS = 6;

    private static Chrome browser;

    @TempDir
    private Path temp;

    private ShownRuns shown;
    private ChromeDriver page;

    @BeforeAll
    static void startBrowser() {
        browser = Chrome.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void startDashboard() throws Exception {
        shown = new ShownRuns(temp);
        page = browser.driver();
        browser.complaints();
        browser.traffic();
    }

    @AfterEach
    void stopDashboard() {
        page.get("about:blank");
        shown.close();
    }

    @Test
    void firstPageOfTenThousandRuns_isSmallAndFast() {
        // Given
        putTenThousandRuns();

        // When
        long began = System.nanoTime();
        openList(50);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        // Then
        assertThat(took).isLessThan(TimeLimit.timeFor(Duration.ofSeconds(5)));
        assertThat(browser.texts("#where")).containsExactly("1 to 50 of 10,000");
        assertThat(browser.texts("#runs .name").get(0)).isEqualTo("log-9999.csv");
        assertFirstPageIsSmall(browser.traffic());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void olderRuns_areOnTheNextPage() {
        // Given
        putTenThousandRuns();
        openList(50);

        // When
        browser.click(By.id("older"));

        // Then
        await().atMost(MAX_WAIT).until(() -> browser.texts("#where").equals(List.of("51 to 100 of 10,000")));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void shopCellAndWords_filterTheRuns() {
        // Given
        putTenThousandRuns();
        openList(50);

        // When
        browser.click(By.cssSelector("[name=shop] option[value=shop-7]"));
        browser.click(By.cssSelector("[name=cell] option[value=cell-1]"));
        page.findElement(By.name("q")).sendKeys("log-9 RUN-9");

        // Then
        await().atMost(MAX_WAIT).until(() -> browser.texts("#where").get(0).endsWith(" of 19"));
        assertThat(page.getCurrentUrl()).contains("shop=shop-7", "cell=cell-1", "q=log-9");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void tileOfAStateWithoutRuns_hasAMessage() {
        // Given
        shown.put("shop-1", "cell-1", "run-1", "log-1.csv", 1_000, Notice.NONE);
        openList(1);

        // When
        browser.click(By.cssSelector(".tile[data-state=failed]"));

        // Then
        await().atMost(MAX_WAIT).until(() -> browser.texts("#none").equals(List.of("No run matches.")));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void resetButton_showsAllRunsAgain() {
        // Given
        shown.put("shop-1", "cell-1", "run-1", "log-1.csv", 1_000, Notice.NONE);
        openList(1);
        page.findElement(By.name("q")).sendKeys("no such log");
        await().atMost(MAX_WAIT).until(() -> browser.texts("#none").equals(List.of("No run matches.")));

        // When
        browser.click(By.cssSelector("#filters button[type=reset]"));

        // Then
        await().atMost(MAX_WAIT).until(() -> browser.texts("#runs .name").equals(List.of("log-1.csv")));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void nextPage_beginsAtTheTop() {
        // Given
        putTenThousandRuns();
        openList(50);

        // When
        browser.click(By.id("older"));

        // Then
        await().atMost(MAX_WAIT).until(() -> browser.texts("#where").equals(List.of("51 to 100 of 10,000")));
        await().atMost(MAX_WAIT)
                .until(() -> page.executeScript("return Math.round(scrollY)").equals(0L));
    }

    @Test
    void fiftyPressesWhileRunsArrive_areNotLost() throws Exception {
        // Given
        shown.put("shop-1", "cell-1", "run-1", "pull.csv", 1_000, Notice.NONE);
        browser.openList(shown.address("/?shop=shop-1"), 1);
        page.executeScript("""
                window.clicks = 0;
                addEventListener('click', event => {
                  event.preventDefault();
                  if (event.target.closest('a.name')) window.clicks++;
                }, true);
                """);
        AtomicInteger arrived = new AtomicInteger();

        // When
        AutoCloseable arrivals = every(Duration.ofMillis(350), () -> {
            int number = arrived.incrementAndGet();
            shown.put("shop-2", "cell-1", "run-" + number, "other.csv", 1_000 + number, Notice.NONE);
        });
        try {
            for (int press = 0; press < 50; press++) {
                press(page.findElement(By.linkText("pull.csv")), Duration.ofMillis(140));
            }
        } finally {
            arrivals.close();
        }

        // Then
        assertThat(arrived.get()).isGreaterThan(10);
        assertThat(page.executeScript("return window.clicks")).isEqualTo(50L);
    }

    private void press(WebElement target, Duration length) {
        new Actions(page)
                .moveToElement(target)
                .clickAndHold()
                .pause(length)
                .release()
                .perform();
    }

    /** Repeats an action until it is closed. */
    private static AutoCloseable every(Duration interval, Runnable action) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        timer.scheduleAtFixedRate(action, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return timer::shutdownNow;
    }

    @Test
    void pressedRow_doesNotMoveBeforeTheRelease() {
        // Given
        shown.put("shop-1", "cell-1", "run-1", "pull.csv", 1_000, Notice.NONE);
        openList(1);
        page.executeScript(
                "addEventListener('click', e => { e.preventDefault(); window.clicked = e.target.textContent; })");
        new Actions(page)
                .moveToElement(page.findElement(By.linkText("pull.csv")))
                .clickAndHold()
                .perform();

        // When
        shown.put("shop-1", "cell-1", "run-2", "later.csv", 2_000, Notice.NONE);
        await().atMost(MAX_WAIT).until(() -> browser.texts("#where").equals(List.of("1 to 2 of 2")));
        List<String> whilePressed = browser.texts("#runs .name");
        new Actions(page).release().perform();

        // Then
        assertThat(whilePressed).containsExactly("pull.csv");
        await().atMost(MAX_WAIT).until(() -> browser.texts("#runs .name").equals(List.of("later.csv", "pull.csv")));
        assertThat(page.executeScript("return window.clicked")).isEqualTo("pull.csv");
    }

    @Test
    void selectedText_staysSelectedWhenARunArrives() {
        // Given
        shown.put("shop-1", "cell-1", "run-1", "pull.csv", 1_000, Notice.NONE);
        openList(1);
        page.executeScript("getSelection().selectAllChildren(document.querySelector('#runs .name'))");

        // When
        shown.put("shop-1", "cell-1", "run-2", "later.csv", 2_000, Notice.NONE);
        await().atMost(MAX_WAIT).until(() -> browser.texts("#runs .name").size() == 2);

        // Then
        assertThat(page.executeScript("return getSelection().toString()")).isEqualTo("pull.csv");
    }

    @Test
    void logThatIsRead_showsItsRowsAndPercent() {
        // Given
        shown.putReading("run-1", "long.csv", 1_024, "1 % read");
        openList(1);

        // When
        shown.putReading("run-1", "long.csv", 204_800, "37 % read");

        // Then
        await().atMost(MAX_WAIT)
                .until(() -> browser.texts("#runs tbody tr").stream()
                        .anyMatch(row ->
                                row.contains("reading") && row.contains("204,800") && row.contains("37 % read")));
    }

    @Test
    void throughput_isFoldedAway() {
        // Given
        openList(0);

        // When
        boolean folded = page.findElements(By.cssSelector("#charts svg")).isEmpty();
        browser.click(By.cssSelector("#throughput summary"));

        // Then
        assertThat(folded).isTrue();
        await().atMost(MAX_WAIT)
                .until(() -> page.findElements(By.cssSelector("#charts svg")).size() == 2);
    }

    private void putTenThousandRuns() {
        for (int i = 0; i < 10_000; i++) {
            shown.put("shop-" + i % 20, "cell-" + i % 3, "run-" + i, "log-" + i + ".csv", 1_000 + i, Notice.NONE);
        }
    }

    /** Counts every request, those of the interface and the event stream too, and every byte that came. */
    private static void assertFirstPageIsSmall(List<String> traffic) {
        List<String> requests = new ArrayList<>();
        long bytes = 0;
        for (String line : traffic) {
            JsonNode message = json(line).path("message");
            String method = message.path("method").asText();
            if (method.equals("Network.requestWillBeSent")) {
                String address =
                        message.path("params").path("request").path("url").asText();
                if (address.startsWith("http")) {
                    requests.add(address);
                }
            } else if (method.equals("Network.dataReceived")) {
                bytes += message.path("params").path("dataLength").asLong();
            }
        }
        assertThat(requests).hasSizeBetween(5, FIRST_PAGE_REQUESTS);
        assertThat(requests).anyMatch(address -> address.endsWith("/api/v1/events"));
        assertThat(bytes).isBetween(20_000L, (long) FIRST_PAGE_BYTES);
    }

    @Test
    void hostileNamesInTheList_areShownAsText() throws Exception {
        // Given
        shown.put(
                HOSTILE,
                HOSTILE,
                "run-1",
                HOSTILE + ".csv",
                2_000,
                new Notice(HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE, ""));
        analyzeHostileLog();

        // When
        openList(2);

        // Then
        assertThat(browser.contents("#runs tbody tr")).allMatch(text -> text.contains(HOSTILE));
        assertThat(browser.contents("[name=shop] option")).contains(HOSTILE);
        assertUnharmed();
    }

    @Test
    void hostileNamesOfARun_areShownAsText() throws Exception {
        // Given
        PublishedRun run = analyzeHostileLog();

        // When
        openRun(run);

        // Then
        assertThat(browser.contents("#read")).anyMatch(text -> text.contains("RPM " + HOSTILE));
        assertThat(browser.contents("#title")).anyMatch(text -> text.contains(HOSTILE));
        assertUnharmed();
    }

    /** Analyses a log with markup in its name and in its header. */
    private PublishedRun analyzeHostileLog() throws Exception {
        String log = new String(sample(4), StandardCharsets.UTF_8);
        return shown.analyze(
                "bike",
                HOSTILE + ".csv",
                log.replaceFirst("RPM", "RPM " + HOSTILE).getBytes(StandardCharsets.UTF_8));
    }

    private void assertUnharmed() {
        assertThat(page.getTitle()).doesNotStartWith("hit");
        assertThat(page.findElements(By.cssSelector("body img, body script"))).isEmpty();
    }

    @Test
    void everyFileOfARun_canBeDownloaded() throws Exception {
        // Given
        PublishedRun run = shown.analyze("bike-7", "pull.csv", sample(1, SampleProfile.Fault.LEAN_FRONT));
        Path downloads = Files.createDirectories(temp.resolve("downloads"));
        page.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        openRun(run);
        List<WebElement> links = page.findElements(By.cssSelector("#files a"));

        // When
        for (WebElement link : links) {
            Path file = downloads.resolve(link.getText());
            page.executeScript("arguments[0].click()", link);
            await().atMost(MAX_WAIT).until(() -> Files.exists(file));
        }

        // Then
        List<String> there = Stream.of(
                        Objects.requireNonNull(run.folder().toFile().list()))
                .filter(name -> !name.endsWith(".manifest.json"))
                .toList();
        assertThat(links.stream().map(WebElement::getText)).containsExactlyInAnyOrderElementsOf(there);
        for (WebElement link : links) {
            String name = link.getText();
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(Sha256.hex(downloads.resolve(name)))
                            .as(name)
                            .isEqualTo(Sha256.hex(run.folder().resolve(name))));
        }
    }

    @Test
    void cells_showHitsAndClampOfTheFiles() throws Exception {
        // Given
        PublishedRun run = shown.analyze("bike-7", "pull.csv", sample(1, SampleProfile.Fault.LEAN_FRONT));
        JsonNode manifest = new ObjectMapper()
                .readTree(run.folder().resolve("manifest.json").toFile());
        List<String> hits = new ArrayList<>();
        manifest.at("/diagnostics/front/per_bin_stats/hits")
                .forEach(row -> row.forEach(cell -> hits.add(cell.asText())));
        long clamped = Files.readString(run.folder().resolve("VE_Correction_Delta_Front.csv"))
                .lines()
                .skip(1)
                .flatMap(line -> List.of(line.split(",")).stream().skip(1))
                .filter(cell -> cell.endsWith("7.00"))
                .count();

        // When
        openRun(run);

        // Then
        assertThat(browser.contents("[data-grid=delta_front] .hits"))
                .containsExactlyElementsOf(hits.stream()
                        .filter(count -> !count.equals("0"))
                        .map(count -> count + " hits")
                        .toList());
        assertThat(clamped).isPositive();
        assertThat(page.findElements(By.cssSelector("[data-grid=delta_front] td.clamped .mark")))
                .hasSize((int) clamped);
        assertThat(browser.texts("#verdict .figure").get(0))
                .contains("Front", "The clamp cuts it to +7.00 %", "lean: add fuel")
                .contains(clamped + " cells cut by the clamp of 7 %");
    }

    @Test
    void richRear_isShownAsRich() throws Exception {
        // Given
        PublishedRun run = shown.analyze("bike-7", "pull.csv", sample(3, SampleProfile.Fault.RICH_REAR));

        // When
        openRun(run);

        // Then
        assertThat(browser.texts("#verdict .figure").get(1))
                .contains("Rear", "cuts it to -7.00 %", "rich: take fuel out");
    }

    @Test
    void runsOfTheSameVehicle_areOfferedForComparison() throws Exception {
        // Given
        PublishedRun first = shown.analyze("bike-7", "first.csv", sample(1, SampleProfile.Fault.LEAN_FRONT));
        shown.analyze("bike-7", "second.csv", sample(2));
        openRun(first);

        // When
        browser.click(By.cssSelector("#compare button"));

        // Then
        await().atMost(MAX_WAIT).until(() -> browser.texts("#comparison").get(0).contains("What differs"));
        assertThat(page.findElements(By.cssSelector("#comparison [data-grid=change_front] td")))
                .hasSize(55);
        assertThat(browser.contents("#compare option"))
                .singleElement()
                .asString()
                .contains("second.csv");
    }

    @Test
    void timeline_hasOneCursorAndOneZoomForAllStrips() throws Exception {
        // Given
        openRun(shown.analyze("bike-7", "pull.csv", sample(1)));
        WebElement slider = page.findElement(By.cssSelector("#timeline input"));
        slider.sendKeys(Keys.ARROW_RIGHT);
        String window = page.findElement(By.id("timeline-window")).getText();
        List<String> before = cursors();

        // When
        browser.click(By.xpath("//button[text()='Zoom in']"));
        slider.sendKeys(Keys.ARROW_LEFT);
        slider.sendKeys(Keys.ARROW_RIGHT);

        // Then
        assertThat(window).startsWith("10.0 to 20.0 s: Engine speed ");
        assertThat(before).hasSize(6).containsOnly(before.get(0));
        await().atMost(MAX_WAIT).untilAsserted(() -> {
            List<String> zoomed = cursors();
            assertThat(zoomed).containsOnly(zoomed.get(0)).doesNotContainAnyElementsOf(before);
        });
        assertThat(browser.complaints()).isEmpty();
    }

    private List<String> cursors() {
        return page.findElements(By.cssSelector("#timeline .u-cursor-x")).stream()
                .map(cursor -> cursor.getCssValue("transform"))
                .toList();
    }

    @Test
    void windowAndCell_markEachOther() throws Exception {
        // Given
        openRun(shown.analyze("bike-7", "pull.csv", sample(1)));
        browser.click(By.cssSelector("#timeline .u-over"));
        String ofWindow =
                page.findElement(By.cssSelector("#timeline [role=status]")).getText();
        WebElement cell = page.findElement(By.cssSelector("[data-grid=delta_rear] .in-window"));
        browser.click(By.cssSelector("#timeline option[value='']"));
        boolean marked = !page.findElements(By.cssSelector(".in-window")).isEmpty();

        // When
        page.executeScript("arguments[0].click()", cell);

        // Then
        assertThat(marked).isFalse();
        assertThat(ofWindow).contains("with a mean in this cell");
        assertThat(page.findElement(By.cssSelector("#timeline [role=status]")).getText())
                .isEqualTo(ofWindow);
        assertThat(page.findElements(By.cssSelector("[data-grid=delta_front] .in-window")))
                .hasSize(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void timelineTable_hasARowForEachWindow() throws Exception {
        // Given
        openRun(shown.analyze("bike-7", "pull.csv", sample(1)));

        // When
        browser.click(By.cssSelector("#timeline summary"));

        // Then
        await().atMost(MAX_WAIT)
                .until(() ->
                        page.findElements(By.cssSelector("#timeline tbody tr")).size() == 12);
        assertThat(browser.texts("#timeline th")).contains("Knock retard rear, °");
    }

    @Test
    void largeMode_staysFromPageToPageAndHasLargeDigits() throws Exception {
        // Given
        PublishedRun run = shown.analyze("bike-7", "pull.csv", sample(1, SampleProfile.Fault.LEAN_FRONT));
        browser.resize(1920, 1080);
        browser.openList(shown.address("/?big"), 1);
        await().atMost(MAX_WAIT).until(() -> browser.texts("#runs .pct").size() == 2);
        List<?> smallOfList = smallDigits();

        // When
        browser.click(By.linkText("pull.csv"));
        await().atMost(MAX_WAIT).until(browser::isLoaded);

        // Then
        assertThat(page.getCurrentUrl()).endsWith(run.runId() + "?big");
        assertThat(page.findElement(By.linkText("All runs")).getDomProperty("href"))
                .endsWith("/?big");
        assertThat(smallOfList).isEmpty();
        assertThat(smallDigits()).isEmpty();
        assertThat(browser.texts("[data-grid=delta_front] .value")).hasSize(55);
        browser.resize(1280, 1400);
    }

    /** Returns the texts of the page with digits of less than 28 pixels. */
    private List<?> smallDigits() {
        return (List<?>) page.executeScript("""
                const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
                const small = [];
                while (walk.nextNode()) {
                  const at = walk.currentNode.parentElement;
                  if (/[0-9]/.test(walk.currentNode.data) && at.checkVisibility() && !at.closest('.hidden')
                    && parseFloat(getComputedStyle(at).fontSize) < 28) small.push(walk.currentNode.data);
                }
                return small;
                """);
    }

    @Test
    void recipe_isShownWithTheLogOfItsFailedStepAsText() throws Exception {
        // Given
        shown.recipeRun("weekly", "2026-01-01_a");
        page.get(shown.address("/"));
        browser.click(By.linkText("Recipes"));

        // When
        await().atMost(MAX_WAIT)
                .until(() -> !page.findElements(By.linkText("2026-01-01_a")).isEmpty());
        browser.click(By.linkText("2026-01-01_a"));

        // Then
        await().atMost(MAX_WAIT)
                .untilAsserted(() -> assertThat(browser.texts("#log")).containsExactly("<b id=\"forged\">no</b>"));
        assertThat(browser.texts("#facts dd")).contains("step pull: <i>no</i> log");
        assertThat(browser.texts("#steps tbody tr td"))
                .startsWith("pull")
                .element(1)
                .isEqualTo("failed");
        assertThat(page.findElements(By.id("forged"))).isEmpty();
    }

    @Test
    void firstTabStop_isTheLinkToTheRuns() throws Exception {
        // Given
        shown.analyze("bike-7", "first.csv", sample(1));
        openList(1);

        // When
        page.findElement(By.tagName("body")).sendKeys(Keys.TAB);

        // Then
        assertThat(focused().getText()).isEqualTo("Skip to the runs");
    }

    @Test
    void skipLink_movesTheFocusToTheFirstRun() throws Exception {
        // Given
        shown.analyze("bike-7", "first.csv", sample(1));
        openList(1);
        page.findElement(By.tagName("body")).sendKeys(Keys.TAB);

        // When
        focused().sendKeys(Keys.ENTER);
        focused().sendKeys(Keys.TAB);

        // Then
        assertThat(focused().getText()).isEqualTo("first.csv");
    }

    @Test
    void spaceOnATile_filtersByItsState() throws Exception {
        // Given
        shown.analyze("bike-7", "first.csv", sample(1));
        openList(1);
        focusByTab("rejected");

        // When
        focused().sendKeys(Keys.SPACE);

        // Then
        await().atMost(MAX_WAIT)
                .until(() -> focused().getDomAttribute("aria-pressed").equals("true"));
        await().atMost(MAX_WAIT).until(() -> browser.texts("#none").equals(List.of("No run matches.")));
    }

    @Test
    void spaceOnAPressedTile_showsAllRunsAgain() throws Exception {
        // Given
        shown.analyze("bike-7", "first.csv", sample(1));
        openList(1);
        focusByTab("rejected");
        focused().sendKeys(Keys.SPACE);
        await().atMost(MAX_WAIT).until(() -> browser.texts("#none").equals(List.of("No run matches.")));

        // When
        focused().sendKeys(Keys.SPACE);

        // Then
        await().atMost(MAX_WAIT)
                .until(() -> page.findElements(By.linkText("first.csv")).size() == 1);
    }

    @Test
    void enterOnALog_opensItsRun() throws Exception {
        // Given
        shown.analyze("bike-7", "first.csv", sample(1));
        openList(1);

        // When
        browser.with(By.linkText("first.csv"), link -> link.sendKeys(Keys.ENTER));

        // Then
        await().atMost(MAX_WAIT).until(browser::isLoaded);
        assertThat(browser.texts("#title")).containsExactly("first.csv");
    }

    /** Presses Tab until the element with this accessible name has the focus. */
    private void focusByTab(String name) {
        page.findElement(By.tagName("body")).sendKeys(Keys.TAB);
        for (int stops = 0; stops < 50; stops++) {
            if (focused().getAccessibleName().contains(name)) {
                return;
            }
            focused().sendKeys(Keys.TAB);
        }
        throw new AssertionError("no tab stop is named " + name);
    }

    private WebElement focused() {
        return page.switchTo().activeElement();
    }

    private void openList(int rows) {
        browser.openList(shown.address("/"), rows);
    }

    private void openRun(PublishedRun run) {
        shown.open(run, browser);
    }

    private static byte[] sample(long seed, SampleProfile.Fault... faults) {
        SampleProfile profile = SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed);
        for (SampleProfile.Fault fault : faults) {
            profile = profile.with(fault);
        }
        return SampleLogs.bytes(profile, 6000);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
