package dynoai.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.engine.sample.SampleProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Watching, reading, copying and comparing runs in a browser. Screenshots are left under target/screenshots. */
@Tag("broker")
@Tag("browser")
class BrowserTest {
    private static final String HOSTILE = "<img src=x onerror=document.title='hit'>.csv";

    private static LivePage live;
    private static Chrome browser;
    private static LiveNode node;
    private static ChromeDriver page;

    @BeforeAll
    static void startWithTwoRunsOfACell(@TempDir Path temp) throws Exception {
        live = LivePage.start(temp);
        browser = live.browser();
        page = live.driver();
        node = live.node();
        node.drop("shop-a/cell-1/first.csv", 1, SampleProfile.Fault.LEAN_FRONT, SampleProfile.Fault.KNOCK);
        node.drop("shop-a/cell-1/second.csv", 2);
        node.awaitIdle();
    }

    @AfterAll
    static void close() {
        if (live != null) {
            live.close();
        }
    }

    @Test
    void logsDroppedWhileThePageIsOpen_appearWithoutAReload() throws Exception {
        // Given
        live.openList("");

        // When
        node.drop("shop-b/" + HOSTILE, 3);
        node.drop("shop-b/bad.csv", "<b>x</b>,y\n1,2\n".getBytes(StandardCharsets.UTF_8));

        // Then
        live.awaitRow(HOSTILE, "done");
        live.awaitRow("MISSING_COLUMNS", "<b>x</b>", "rejected");
        assertThat(page.getTitle()).isEqualTo("DynoAI runs");
        assertThat(page.findElements(By.cssSelector("td img, td b"))).isEmpty();
        browser.pictures("list");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void search_showsMatchingRunsOnly() {
        // Given
        live.openList("");

        // When
        page.findElement(By.name("q")).sendKeys("first");

        // Then
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> browser.texts("#runs .state").size() == 1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void runPage_showsTheCellsOfTheFile() throws Exception {
        // When
        Path folder = live.openRun("first.csv");

        // Then
        assertThat(cells(page)).isEqualTo(csvCells(folder.resolve("VE_Correction_Delta_Front.csv")));
        browser.pictures("run");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void runPage_saysWhatTheMapRestsOn() throws Exception {
        // Given a log whose rear wideband is dead, with few rows and idle
        String log = "Time,RPM,MAP kPa,Torque,AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R\n"
                + "0.1,3000,80,60,13,13,13.5,5.1\n".repeat(5)
                + "0.2,1000,30,60,13,13,13.5,5.1\n".repeat(3);
        node.drop("shop-c/dead-rear.csv", log.getBytes(StandardCharsets.UTF_8));
        node.awaitIdle();

        // When
        live.openRun("dead-rear.csv");

        // Then
        assertThat(page.findElement(By.id("findings")).getText())
                .contains(
                        "No row was accepted for the rear cylinder",
                        "always 5.10",
                        "2 cells of the delta with fewer than 10 samples",
                        "Rows beyond the grid: 3, counted in its edge cells");
    }

    @Test
    void copyButton_copiesThePasteReadyFile() throws Exception {
        // Given
        Path folder = live.openRun("first.csv");
        List<String> permissions = List.of("clipboardReadWrite", "clipboardSanitizedWrite");
        page.executeCdpCommand(
                "Browser.grantPermissions", Map.of("permissions", permissions, "origin", node.address("")));

        // When
        browser.click(By.cssSelector("[data-copy=delta_front]"));

        // Then
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> page.findElement(By.cssSelector("[data-copy=delta_front]"))
                        .getText()
                        .equals("Copied"));
        assertThat(page.executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                .isEqualTo(Files.readString(folder.resolve("VE_Delta_Front_PasteReady.txt")));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void compareButton_showsTheDifferenceToTheOtherRunOfTheCell() {
        // Given
        live.openRun("first.csv");

        // When
        browser.click(By.cssSelector("#compare button"));

        // Then
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> page.findElement(By.id("comparison")).getText().contains("What differs"));
        assertThat(page.findElements(By.cssSelector("#comparison [data-grid=change_front]")))
                .hasSize(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void cellPage_showsItsRunsAndTheirCoverage() throws Exception {
        // Given
        live.openRun("first.csv");

        // When
        browser.click(By.id("cell"));

        // Then
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> page.findElement(By.id("state")).getText().startsWith("2 runs"));
        assertThat(page.findElements(By.cssSelector("#coverage table"))).hasSize(2);
        browser.pictures("cell");
        assertThat(browser.complaints()).isEmpty();
    }

    private static List<String> cells(ChromeDriver page) {
        return page.findElements(By.cssSelector("[data-grid=delta_front] .value")).stream()
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
}
