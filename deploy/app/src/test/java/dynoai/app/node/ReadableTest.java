package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.catalogue.run.Notice;
import dynoai.engine.PublishedRun;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.print.PrintOptions;

/** Readability of the pages: contrast, colours, screen readers, and paper. */
@Tag("browser")
class ReadableTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(120);

    /** Of A4 without margins, in CSS pixels. */
    private static final int A4_WIDTH = 718;

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
        browser.resize(1280, 1400);
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
    void noPage_breaksARuleOfAxe() throws Exception {
        // Given
        List<String> broken = new ArrayList<>();

        // When
        for (String address : addresses()) {
            open(address);
            for (boolean dark : new boolean[] {false, true}) {
                browser.show("screen", dark);
                for (int width : new int[] {390, 1024, 1920}) {
                    browser.resize(width, 1000);
                    for (String rule : browser.violations()) {
                        broken.add(address + " " + width + (dark ? " dark " : " light ") + rule);
                    }
                }
            }
        }

        // Then
        assertThat(broken).isEmpty();
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
    }

    @Test
    void printedRun_takesFourPagesWithBothCylindersSideBySide() {
        // Given
        browser.show("print", false);
        browser.resize(A4_WIDTH, 1000);
        open("/runs/local/" + run.runId());

        // When
        Pdf pdf = new Pdf(page.print(new PrintOptions()));

        // Then
        assertThat(pdf.pages()).isBetween(2L, 4L);
        assertThat(box("[data-grid=delta_front]").getY())
                .isEqualTo(box("[data-grid=delta_rear]").getY());
        assertThat((Long) page.executeScript("return document.scrollingElement.scrollWidth"))
                .isLessThanOrEqualTo(A4_WIDTH);
        assertThat(browser.texts("#cover")).singleElement().asString().contains("first.csv", "bike-7", "local", "20");
    }

    private Rectangle box(String selector) {
        return page.findElement(By.cssSelector(selector)).getRect();
    }

    /** A document that a browser printed. */
    private record Pdf(org.openqa.selenium.Pdf document) {
        private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page\\b(?!s)");

        long pages() {
            byte[] bytes = Base64.getDecoder().decode(document.getContent());
            return PAGE.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                    .results()
                    .count();
        }
    }

    @Test
    void everyPage_fitsItsWindow() {
        // Given
        List<String> wider = new ArrayList<>();

        // When
        for (int width : new int[] {320, 768, 1024, 1366, 1920}) {
            browser.resize(width, 1000);
            for (String address : addresses()) {
                open(address);
                Object over = page.executeScript("return document.scrollingElement.scrollWidth - innerWidth");
                if ((Long) over > 0) {
                    wider.add(address + " at " + width + " by " + over);
                }
            }
        }

        // Then
        assertThat(wider).isEmpty();
    }

    @Test
    void reasonOfARejection_isVisibleInASmallWindow() {
        // Given
        browser.resize(1024, 800);

        // When
        open("/");

        // Then
        Rectangle reason = page.findElement(By.xpath("//td//span[contains(., 'NOT_TEXT')]"))
                .getRect();
        assertThat(reason.getX()).isPositive();
        assertThat(reason.getX() + reason.getWidth()).isLessThanOrEqualTo(1024);
        assertThat(page.executeScript(
                        "const card = document.querySelector('.card');" + "return card.scrollWidth - card.clientWidth"))
                .isEqualTo(0L);
    }

    @Test
    void everyTarget_isLargeEnoughForAFinger() {
        // Given
        browser.resize(420, 1000);
        List<String> small = new ArrayList<>();

        // When
        for (String address : addresses()) {
            open(address);
            ((List<?>) page.executeScript("""
                            return [...document.querySelectorAll('a, button, select, input, summary')]
                              .filter(target => target.checkVisibility() && !target.matches('.skip'))
                              .filter(target => target.getBoundingClientRect().height < 24)
                              .map(target => target.outerHTML);
                            """)).forEach(target -> small.add(address + " " + target));
        }

        // Then
        assertThat(small).isEmpty();
    }

    @Test
    void namesOnAPhone_areNotBrokenByLetters() {
        // Given
        browser.resize(420, 1000);
        List<String> narrow = new ArrayList<>();

        // When
        for (String address : addresses()) {
            open(address);
            ((List<?>) page.executeScript("""
                            return [...document.querySelectorAll('td a')]
                              .filter(link => link.checkVisibility() && link.textContent.length <= 20)
                              .filter(link => link.getBoundingClientRect().height > 40)
                              .map(link => link.textContent);
                            """)).forEach(name -> narrow.add(address + " " + name));
        }

        // Then
        assertThat(narrow).isEmpty();
    }

    @Test
    void unknownRun_isSaidToBeUnknown() {
        // When
        page.get(shown.address("/runs/local/none"));

        // Then
        await().atMost(MAX_WAIT).until(() -> browser.texts("#title").equals(List.of("No such run")));
        assertThat(page.findElements(By.cssSelector("main > section")))
                .isNotEmpty()
                .noneMatch(WebElement::isDisplayed);
    }

    @Test
    void contentsOfARun_stayAtTheTop() {
        // Given
        open("/runs/local/" + run.runId());

        // When
        browser.click(By.linkText("Files"));

        // Then
        assertThat(page.executeScript("return scrollY")).isNotEqualTo(0L);
        assertThat(page.executeScript("return document.getElementById('contents').getBoundingClientRect().top"))
                .isEqualTo(0L);
        assertThat(browser.texts("#contents a"))
                .startsWith("first.csv")
                .contains("Ride next", "Grids")
                .doesNotHaveDuplicates();
        assertThat(browser.texts(".headline")).singleElement().asString().contains("Front, uncut +", "Rear ");
    }

    @Test
    void diagnostics_beginWithTheMostImportantInWords() {
        // When
        open("/runs/local/" + run.runId());

        // Then
        List<String> types = browser.texts(".anomaly h3");
        assertThat(types.get(0)).isEqualTo("Knock");
        assertThat(browser.texts(".anomaly li")).isNotEmpty().doesNotHaveDuplicates();
        assertThat(browser.texts("#findings td:first-child"))
                .contains("accepted")
                .noneMatch(text -> text.contains("wb"));
    }

    /** Returns the address of each page, of every kind one. */
    private static List<String> addresses() {
        return List.of(
                "/",
                "/runs/local/" + run.runId(),
                "/cells/local/default",
                "/rejected",
                "/audit",
                "/fleet",
                "/recipes",
                "/recipes/weekly/2026-01-01_a");
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
        if (browser.texts("#state").stream()
                .anyMatch(text -> text.contains("no run") || text.contains("not be loaded"))) {
            page.get(shown.address(address));
        }
        return browser.isLoaded();
    }
}
