package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.engine.PublishedRun;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import dynoai.exporter.manifest.RunFolderLayout;
import dynoai.exporter.verdict.CylinderFigures.Largest;
import dynoai.exporter.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The tuner's questions on the page of a run: what to change, whether to trust it, what to ride next. */
@Tag("broker")
@Tag("browser")
class RunPageTest {
    private static final String HEADER = "RPM,MAP (kPa),AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R\n";

    private static Chrome browser;
    private static ShownRuns shown;
    private static ChromeDriver page;
    private static PublishedRun lean;
    private static PublishedRun healthy;
    private static PublishedRun sparse;
    private static PublishedRun knocking;

    @BeforeAll
    static void analyzeFourLogs(@TempDir Path temp) throws Exception {
        browser = Chrome.start();
        page = browser.driver();
        shown = new ShownRuns(temp);
        lean = shown.analyze("bike-1", "lean.csv", sample(1, SampleProfile.Fault.LEAN_FRONT));
        healthy = shown.analyze("bike-1", "healthy.csv", sample(2));
        sparse = shown.analyze(
                "bike-2",
                "sparse.csv",
                (HEADER + "3000,80,13,13,13.2,13.2\n".repeat(12) + "3500,80,13,13,13.2,13.2\n4000,80,13,13,13.2,13.2\n")
                        .getBytes(StandardCharsets.UTF_8));
        knocking = shown.analyze("bike-3", "knock.csv", sample(3, SampleProfile.Fault.KNOCK));
    }

    @AfterAll
    static void close() {
        if (shown != null) {
            shown.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void headline_namesTheCellBeforeTheClamp() throws Exception {
        // Given
        Largest largest = Objects.requireNonNull(
                Verdict.of(lean.analysis()).corrections().front().largest());

        // When
        shown.open(lean, browser);

        // Then
        assertThat(largest.cut()).isTrue();
        assertThat(browser.texts("#verdict .figure").get(0))
                .contains(String.format(Locale.ROOT, "%+.2f %%", largest.percent()))
                .contains("largest at " + largest.words().replaceAll(".* at | \\(.*", ""))
                .contains("The clamp cuts it to +7.00 %");
        assertThat(browser.texts(".headline").get(0)).startsWith("Front, uncut +");
        assertThat(browser.contents("#chain td")).contains(String.format(Locale.ROOT, "%+.2f %%", largest.percent()));
        assertThat(LiveNode.text(shown.address("/api/v1/runs?q=lean.csv")))
                .contains("\"uncut\":{\"kpa\":", "\"pct\":" + largest.percent());
        assertThat(Files.readString(RunFolderLayout.REPORT.in(lean.folder()))).contains(largest.words());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void firstScreen_hasCorrectionsTrustAndWhatToRide() {
        // Given
        browser.resize(1366, 768);

        // When
        shown.open(sparse, browser);

        // Then
        assertThat(bottom("[data-grid=delta_front] td[data-at='3500 rpm, 80 kPa']"))
                .isLessThan(768);
        assertThat(browser.texts("#verdict .figure").get(5))
                .contains("Ride next", "80 kPa", "2500 to 4500 rpm: ", "more band");
        assertThat(bottom("#verdict .figure:nth-child(6)")).isLessThan(768);
        browser.resize(1280, 1400);
    }

    @Test
    void coverage_countsTheRowsOfACylinderOnce() {
        // When
        shown.open(lean, browser);

        // Then
        assertThat(browser.texts("#verdict .figure").get(3))
                .matches("(?s)Coverage.*3,[0-9]{3} of 4,000 rows accepted on each cylinder");
    }

    @Test
    void spark_isRedForKnockOnly() {
        // When
        shown.open(healthy, browser);
        String without = browser.texts("#verdict .figure").get(2);
        boolean red = !page.findElements(By.cssSelector("#verdict .figure.bad:nth-child(3)"))
                .isEmpty();
        shown.open(knocking, browser);

        // Then
        assertThat(without).contains("none found", "standing rear rule: 2.00°", "knock or not");
        assertThat(red).isFalse();
        assertThat(page.findElement(By.cssSelector("#verdict .figure.bad:nth-child(3)"))
                        .getText())
                .contains("knock found: ", "of retard", "take ");
    }

    @Test
    void mean_isOfferedLastAndOnlyIfTheCylindersAgree() {
        // When
        shown.open(lean, browser);
        List<String> tables = ids();
        String reason = page.findElement(By.id("mean")).getText();
        int buttons = page.findElements(By.cssSelector("[data-copy=delta]")).size();
        shown.open(sparse, browser);

        // Then
        assertThat(tables).startsWith("delta_front", "delta_rear", "delta");
        assertThat(reason).contains("Front and rear differ by", "their mean fits neither of them");
        assertThat(buttons).isZero();
        assertThat(page.findElement(By.id("mean")).getText()).contains("agree within 3 %");
        assertThat(page.findElements(By.cssSelector("[data-copy=delta]"))).hasSize(1);
    }

    @Test
    void weakCells_areNotFilledAndTheRunIsNotPlainlyDone() {
        // When
        shown.open(sparse, browser);

        // Then
        assertThat(browser.texts("#state .state")).containsExactly("done, thin data");
        assertThat(browser.texts("#verdict .figure.bad").get(0)).contains("thin data", "4 of 6 covered cells");
        assertThat(page.findElements(By.cssSelector("[data-grid=delta_front] td.weak")))
                .hasSize(2);
        WebElement firm = page.findElement(By.cssSelector("[data-grid=delta_front] td[data-at='3000 rpm, 80 kPa']"));
        WebElement weak = page.findElement(By.cssSelector("[data-grid=delta_front] td.weak"));
        assertThat(firm.getCssValue("background-color")).isNotEqualTo(weak.getCssValue("background-color"));
        assertThat(weak.getCssValue("border-top-color")).isEqualTo(firm.getCssValue("background-color"));
    }

    @Test
    void cell_saysWhatItRestsOnByPointerAndByKeyboard() {
        // Given
        shown.open(lean, browser);
        By tables = By.cssSelector("[data-grid=delta_front] td[tabindex='0']");

        // When
        page.findElement(tables).sendKeys(Keys.ARROW_DOWN, "");
        WebElement cell = page.switchTo().activeElement();
        cell.sendKeys(Keys.ARROW_RIGHT);

        // Then
        WebElement now = page.switchTo().activeElement();
        assertThat(now.getDomAttribute("data-at")).isEqualTo("2000 rpm, 50 kPa");
        assertThat(browser.texts("[data-grid=delta_front] + .cell-detail").get(0))
                .matches("2000 rpm, 50 kPa: \\+[0-9.]+ %, [0-9,]+ hits, spread ± [0-9.]+ %, (firm|weak|scattered).*");
        assertThat(page.findElements(By.cssSelector("[data-grid=delta_front] td[tabindex='0']")))
                .hasSize(1);
        assertThat(browser.contents("[data-grid=delta_front] td.clamped").get(0))
                .contains("before the clamp +");
    }

    @Test
    void rideNext_isInWordsAndInTheCoverageMap() {
        // When
        shown.open(sparse, browser);

        // Then
        assertThat(browser.texts("#next li").get(0))
                .matches("(?s)80 kPa, 2500 to 4500 rpm: [0-9]+ s in fourth.*get their 10 samples.*");
        assertThat(browser.contents("[data-grid=coverage_front] td.ride .rank")).contains("#1");
    }

    @Test
    void copy_fitsTheTuningProgram() throws Exception {
        // Given
        shown.open(sparse, browser);
        page.executeCdpCommand(
                "Browser.grantPermissions",
                Map.of(
                        "permissions",
                        List.of("clipboardReadWrite", "clipboardSanitizedWrite"),
                        "origin",
                        shown.address("")));
        choose("values", "factor");
        choose("weak", "out");
        choose("format", "csv");

        // When
        browser.click(By.cssSelector("[data-copy=delta_rear]"));

        // Then
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> browser.texts("[data-copy=delta_rear]").equals(List.of("Copied")));
        assertThat(String.valueOf(page.executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                        .replace("\r", ""))
                .startsWith("RPM,35,50,65,80,95\n")
                .contains("3000,,,,1.01", "3500,,,,,\n");
        assertThat(page.findElement(By.cssSelector("[name=values] option[value=absolute]"))
                        .isEnabled())
                .isFalse();
    }

    @Test
    void comparison_showsBeforeAfterAndChangeOfEachCylinder() {
        // Given the later run
        shown.open(healthy, browser);
        browser.click(By.cssSelector("#compare option[value='local/" + lean.runId() + "']"));

        // When
        browser.click(By.cssSelector("#compare button"));

        // Then
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> browser.texts("#comparison").get(0).contains("What differs"));
        assertThat(browser.texts("#comparison h3")).containsExactly("Before: lean.csv. After: healthy.csv.");
        assertThat(browser.texts("#comparison li").get(0)).contains("Two logs: lean.csv");
        assertThat(browser.texts("#comparison .heat caption").stream().map(text -> text.replaceAll("(?s).*,\n", "")))
                .containsExactly(
                        "Before (%)",
                        "After (%)",
                        "Change: after minus before (%)",
                        "Before (%)",
                        "After (%)",
                        "Change: after minus before (%)");
        assertThat(browser.texts("#comparison .legend").get(0)).contains("lean: add fuel");
        assertThat(browser.complaints()).isEmpty();
    }

    private static double bottom(String selector) {
        return ((Number) Objects.requireNonNull(page.executeScript(
                        "return document.querySelector(arguments[0]).getBoundingClientRect().bottom", selector)))
                .doubleValue();
    }

    private static void choose(String name, String value) {
        browser.click(By.cssSelector(".copying [name=" + name + "] option[value=" + value + "]"));
    }

    private static List<String> ids() {
        return page.findElements(By.cssSelector("table.heat")).stream()
                .map(table -> table.getDomAttribute("data-grid"))
                .toList();
    }

    private static byte[] sample(long seed, SampleProfile.Fault... faults) {
        SampleProfile profile = SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed);
        for (SampleProfile.Fault fault : faults) {
            profile = profile.with(fault);
        }
        return SampleLogs.bytes(profile, 4000);
    }
}
