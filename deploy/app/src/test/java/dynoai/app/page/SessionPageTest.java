package dynoai.app.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.node.Chrome;
import dynoai.app.node.LiveNode;
import dynoai.app.node.LivePage;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** Two bikes in one cell: their sessions, what was applied, and the accumulated map, in a browser. */
@Tag("broker")
@Tag("browser")
class SessionPageTest {
    private static LivePage live;
    private static LiveNode node;
    private static Chrome browser;
    private static ChromeDriver page;

    @BeforeAll
    static void startWithTwoBikes(@TempDir Path temp) throws Exception {
        live = LivePage.start(temp);
        node = live.node();
        browser = live.browser();
        page = live.driver();
        node.drop("north/bay-1/flhx/one.csv", sample(1));
        node.drop("north/bay-1/flhx/two.csv", sample(2));
        live.openList("");
        live.awaitRow("one.csv", "done");
        live.awaitRow("two.csv", "done");
        node.drop("north/bay-1/dyna/three.csv", sample(3));
        live.awaitRow("three.csv", "done");
    }

    @AfterAll
    static void close() throws Exception {
        if (live != null) {
            live.close();
        }
    }

    private static byte[] sample(long seed) {
        return SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed), 3000);
    }

    private static void openCell() {
        page.get(node.address("/cells/north/bay-1"));
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLoaded);
    }

    private static void openFirstBike() {
        openCell();
        browser.click(By.partialLinkText("flhx, 2 runs"));
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> browser.isLoaded()
                        && page.findElement(By.id("title")).getText().startsWith("flhx"));
    }

    private static void awaitText(String selector, String text) {
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> browser.contents(selector).stream().anyMatch(shown -> shown.contains(text)));
    }

    @Test
    void cell_showsTheLatestSession_andOthersOnRequest() throws Exception {
        // When
        openCell();
        String latest = page.findElement(By.id("title")).getText();
        openFirstBike();

        // Then
        assertThat(latest).isEqualTo("dyna in cell bay-1 of north");
        assertThat(page.findElement(By.id("state")).getText()).startsWith("2 runs");
        assertThat(browser.contents("#steps tbody tr")).hasSize(2);
        assertThat(browser.contents("#ride").toString()).contains("cells have fewer than");
        browser.pictures("session");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void appliedRun_andTheMap_areMadeOnThePage() {
        // Given
        openFirstBike();

        // When
        browser.click(By.cssSelector("#steps button[data-act=applied]"));
        awaitText("#verdict", "its corrections were applied");
        browser.click(By.cssSelector("#map button[data-act=session-map]"));

        // Then
        awaitText("#map", "2 runs in it.");
        assertThat(browser.contents("#map tbody tr").toString()).contains("VE_Delta_Front_PasteReady.txt");
        assertThat(browser.contents("#outcome code").toString()).contains("dynoai session map ");
        assertThat(browser.complaints()).isEmpty();
    }
}
