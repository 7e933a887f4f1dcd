package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.dashboard.board.Notice;
import dynoai.engine.PublishedRun;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Readability of the pages: contrast, colours, screen readers, and paper. */
@Tag("browser")
class ReadableTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    /** Returns rendered texts with less contrast to their background than WCAG AA requires. */
    private static final String TOO_FAINT = """
            const number = text => text.match(/[\\d.]+/g).map(Number);
            const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
              .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = node => {
              for (let at = node; at; at = at.parentElement) {
                const colour = number(getComputedStyle(at).backgroundColor);
                if (colour.length < 4 || colour[3] > 0) return colour;
              }
              return [255, 255, 255];
            };
            const faint = [];
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
              const node = walk.currentNode.parentElement;
              const style = getComputedStyle(node);
              const box = node.getBoundingClientRect();
              if (!walk.currentNode.data.trim() || box.width < 2 || style.visibility === 'hidden') continue;
              const [a, b] = [light(number(style.color)), light(behind(node))];
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              const size = parseFloat(style.fontSize);
              const large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
              const disabled = node.closest('button')?.disabled;
              if (ratio < (large ? 3 : 4.5) && !disabled) faint.push(`${walk.currentNode.data.trim()}: ${ratio.toFixed(2)} ${node.className}`);
            }
            return [...new Set(faint)];
            """;

    private static Chrome browser;
    private static ShownRuns shown;
    private static ChromeDriver page;
    private static PublishedRun run;

    @BeforeAll
    static void showRunsOfEveryKind(@TempDir Path temp) throws Exception {
        browser = Chrome.start();
        page = browser.driver();
        shown = new ShownRuns(temp);
        SampleProfile lean = SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 1)
                .with(SampleProfile.Fault.LEAN_FRONT)
                .with(SampleProfile.Fault.KNOCK);
        run = shown.analyze("bike-7", "first.csv", SampleLogs.bytes(lean, 6000));
        shown.analyze(
                "bike-7", "second.csv", SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, 2), 6000));
        shown.recipeRun("weekly", "2026-01-01_a");
        shown.put("shop-a", "cell-1", "failed", "bad.csv", 1_000, Notice.of("NOT_TEXT", "there are NUL bytes"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (shown != null) {
            shown.close();
        }
    }

    @BeforeEach
    void showOnAScreen() {
        browser.show("screen", false);
    }

    @Test
    void everyText_hasEnoughContrastInBothThemes() {
        // Given
        List<String> faint = new ArrayList<>();

        // When
        for (boolean dark : new boolean[] {false, true}) {
            browser.show("screen", dark);
            for (String address : addresses()) {
                open(address);
                ((List<?>) page.executeScript(TOO_FAINT)).forEach(text -> faint.add(address + " " + dark + " " + text));
            }
        }

        // Then
        assertThat(faint).isEmpty();
    }

    @Test
    void colourScale_staysReadableWithoutRedGreenOrBlue() {
        for (boolean dark : new boolean[] {false, true}) {
            // Given
            browser.show("screen", dark);
            open("/");

            for (ColourVision vision : ColourVision.values()) {
                // When
                List<ColourVision.Seen> low = seen("low", vision);
                List<ColourVision.Seen> high = seen("high", vision);
                List<ColourVision.Seen> amount = seen("s", vision);

                // Then: lean and rich differ, and larger values are always further from zero
                for (int step = 1; step < low.size(); step++) {
                    assertThat(low.get(step).distance(high.get(step)))
                            .as(vision + " step " + step)
                            .isGreaterThan(15);
                }
                for (List<ColourVision.Seen> scale : List.of(low, high, amount)) {
                    for (int step = 1; step < scale.size(); step++) {
                        double change = scale.get(step).lightness()
                                - scale.get(step - 1).lightness();
                        assertThat(dark ? change : -change)
                                .as(vision + " step " + step)
                                .isGreaterThan(4);
                    }
                }
            }
        }
    }

    private List<ColourVision.Seen> seen(String scale, ColourVision vision) {
        List<ColourVision.Seen> steps = new ArrayList<>();
        for (int step = 1; step <= 5; step++) {
            String colour = (String) page.executeScript(
                    "return getComputedStyle(document.documentElement).getPropertyValue(arguments[0]).trim()",
                    "--" + scale + step);
            steps.add(vision.of(colour));
        }
        return steps;
    }

    @Test
    void everyElement_hasANameForScreenReaders() {
        for (String address : addresses()) {
            // When
            open(address);

            // Then
            assertThat(page.findElements(By.tagName("h1"))).as(address).hasSize(1);
            assertThat(page.findElements(By.cssSelector("main"))).hasSize(1);
            assertThat(page.findElement(By.tagName("html")).getDomAttribute("lang"))
                    .isEqualTo("en");
            assertThat(nameless("a[href], button, input, select, summary"))
                    .as(address)
                    .isEmpty();
            assertThat(nameless("section, form[role], nav, table, svg[role=img]"))
                    .as(address)
                    .isEmpty();
            assertThat(page.findElements(By.cssSelector("th:not([scope])"))).isEmpty();
            assertThat(page.findElements(By.cssSelector("[role=status]"))).isNotEmpty();
            assertThat(page.findElement(By.id("degraded")).getDomAttribute("role"))
                    .isEqualTo("alert");
            assertThat(skippedHeadings()).as(address).isEmpty();
        }
    }

    private List<String> nameless(String selector) {
        return page.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .filter(element -> element.getAccessibleName().isBlank())
                .map(element -> element.getDomProperty("outerHTML"))
                .toList();
    }

    private List<?> skippedHeadings() {
        return (List<?>) page.executeScript("""
                let last = 1;
                return [...document.querySelectorAll('h1, h2, h3, h4')].filter(h => {
                  const level = Number(h.tagName[1]);
                  const skips = level > last + 1;
                  last = level;
                  return skips;
                }).map(h => h.textContent);
                """);
    }

    @Test
    void printedPage_isWhiteInBothThemes() {
        // Given
        browser.show("print", true);

        // When
        open("/runs/local/" + run.runId());

        // Then
        assertThat(page.executeScript("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(page.executeScript("return getComputedStyle(document.body).color"))
                .isEqualTo("rgb(0, 0, 0)");
        assertThat(page.findElements(By.cssSelector("button, form, .link")).stream()
                        .filter(WebElement::isDisplayed))
                .isEmpty();
        assertThat((List<?>) page.executeScript(TOO_FAINT)).isEmpty();
        Map<String, Object> printed = page.executeCdpCommand("Page.printToPDF", Map.of("printBackground", true));
        assertThat(Base64.getDecoder().decode((String) printed.get("data"))).hasSizeGreaterThan(10_000);
    }

    /** Returns the address of each page, of every kind one. */
    private static List<String> addresses() {
        return List.of(
                "/", "/runs/local/" + run.runId(), "/cells/local/default", "/recipes", "/recipes/weekly/2026-01-01_a");
    }

    private void open(String address) {
        page.get(shown.address(address));
        await().atMost(MAX_WAIT)
                .until(() -> address.equals("/")
                        ? page.findElements(By.cssSelector("#runs tbody tr")).size() == 3
                                && browser.texts(".tile b").stream().noneMatch("–"::equals)
                        : reloadedUntilLoaded(address));
    }

    /** The folder may not have been looked at yet. */
    private boolean reloadedUntilLoaded(String address) {
        if (browser.texts("#state").stream().anyMatch(text -> text.contains("could not be loaded"))) {
            page.get(shown.address(address));
        }
        return browser.isLoaded();
    }
}
