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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A person at a browser: drops logs, watches them, reads, copies, compares. Pictures are left under target/screenshots. */
@Tag("broker")
@Tag("browser")
class BrowserTest {
    private static final String HOSTILE = "<img src=x onerror=document.title='hit'>.csv";

    @TempDir
    private Path temp;

    @Test
    void droppedLog_isWatchedReadCopiedAndCompared() throws Exception {
        // Given
        try (Chrome browser = Chrome.start();
                LiveNode node = new LiveNode(temp)) {
            ChromeDriver page = browser.driver();
            page.get(node.address("/"));
            await().atMost(LiveNode.PATIENCE).until(browser::isLive);

            // When: logs are dropped while the page is open
            node.drop("shop-a/cell-1/first.csv", 1, SampleProfile.Fault.LEAN_FRONT, SampleProfile.Fault.KNOCK);
            node.drop("shop-a/cell-1/" + HOSTILE, 2);
            node.drop("shop-a/bad.csv", "<b>x</b>,y\n1,2\n".getBytes(StandardCharsets.UTF_8));

            // Then: they appear and finish without a reload
            await().atMost(LiveNode.PATIENCE)
                    .until(() -> browser.texts("#runs .state").stream()
                            .sorted()
                            .toList()
                            .equals(List.of("done", "done", "rejected")));
            assertThat(browser.contents("#runs tbody tr")).anyMatch(text -> text.contains(HOSTILE));
            await().atMost(LiveNode.PATIENCE)
                    .until(() -> browser.contents("#runs tbody tr").stream()
                            .anyMatch(text -> text.contains("MISSING_COLUMNS") && text.contains("<b>x</b>")));
            assertThat(page.getTitle()).isEqualTo("DynoAI runs");
            assertThat(page.findElements(By.cssSelector("td img, td b"))).isEmpty();
            browser.pictures("list");

            // When: a word is searched for
            page.findElement(By.name("q")).sendKeys("first");

            // Then
            await().atMost(LiveNode.PATIENCE)
                    .until(() -> browser.texts("#runs .state").stream()
                                    .sorted()
                                    .toList()
                                    .size()
                            == 1);

            // When: the run is opened
            browser.click(By.linkText("first.csv"));
            await().atMost(LiveNode.PATIENCE).until(browser::isLoaded);

            // Then: its cells are those of the file
            Path folder = folderOf(node, page.getCurrentUrl());
            assertThat(cells(page)).isEqualTo(csvCells(folder.resolve("VE_Correction_Delta_DYNO.csv")));
            browser.pictures("run");

            // When: the table is copied
            page.executeCdpCommand(
                    "Browser.grantPermissions",
                    Map.of(
                            "permissions",
                            List.of("clipboardReadWrite", "clipboardSanitizedWrite"),
                            "origin",
                            node.address("")));
            browser.click(By.cssSelector("[data-copy=delta]"));

            // Then: the clipboard holds the paste-ready file
            await().atMost(LiveNode.PATIENCE)
                    .until(() -> page.findElement(By.cssSelector("[data-copy=delta]"))
                            .getText()
                            .equals("Copied"));
            assertThat(page.executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                    .isEqualTo(Files.readString(folder.resolve("VE_Delta_PasteReady.txt")));

            // When: it is compared with the other run of the cell
            browser.click(By.cssSelector("#compare button"));

            // Then
            await().atMost(LiveNode.PATIENCE)
                    .until(() -> page.findElement(By.id("comparison")).getText().contains("difference"));
            assertThat(page.findElements(By.cssSelector("#comparison [data-grid=change]")))
                    .hasSize(1);

            // When: the cell's page is opened
            browser.click(By.id("cell"));

            // Then
            await().atMost(LiveNode.PATIENCE)
                    .until(() -> page.findElement(By.id("state")).getText().startsWith("2 runs"));
            assertThat(page.findElements(By.cssSelector("#coverage table"))).hasSize(2);
            browser.pictures("cell");
            assertThat(browser.complaints()).isEmpty();
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
}
