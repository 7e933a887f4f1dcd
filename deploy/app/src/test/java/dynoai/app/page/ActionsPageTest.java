package dynoai.app.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dynoai.app.node.Chrome;
import dynoai.app.node.LiveNode;
import dynoai.app.node.LivePage;
import dynoai.app.recipe.RecipeFiles;
import dynoai.app.recipe.StartableRecipes;
import dynoai.automation.run.RecipeEvents;
import dynoai.automation.run.RecipeRunner;
import dynoai.automation.run.RecipeSettings;
import dynoai.automation.step.StepCatalog;
import dynoai.engine.sample.SampleLogs;
import dynoai.engine.sample.SampleProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Dropping, putting back, replaying and seeing what was left, in a browser. */
@Tag("broker")
@Tag("browser")
class ActionsPageTest {
    private static final String HEADER = "Time,RPM,MAP kPa,Torque,AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R\n";

    private static Path folder;
    private static StartableRecipes starts;
    private static LivePage live;
    private static LiveNode node;
    private static Chrome browser;
    private static ChromeDriver page;

    @BeforeAll
    static void start(@TempDir Path temp) throws Exception {
        folder = temp;
        starts = recipes(temp);
        live = LivePage.start(temp.resolve("node"), starts);
        node = live.node();
        browser = live.browser();
        page = live.driver();
    }

    @AfterAll
    static void close() throws Exception {
        if (live != null) {
            live.close();
        }
        if (starts != null) {
            starts.close();
        }
    }

    private static StartableRecipes recipes(Path temp) throws Exception {
        Path file = Files.writeString(temp.resolve("greet.yaml"), """
                test_meta: {description: Greets a tuner}
                steps:
                  - {idx: 1, name: greet, type: shell, cmd: 'echo "$WHO" >&2; echo "{\\"status\\":\\"ok\\"}"',
                     args: {WHO: "${inputs.who}"}}
                """);
        StepCatalog catalog = RecipeFiles.catalog(List.of());
        return new StartableRecipes(
                List.of(RecipeFiles.recipe(file.toString(), catalog)),
                new RecipeRunner(catalog, new RecipeSettings(temp, 1), RecipeEvents.SILENT),
                LiveNode.recipeRuns(temp.resolve("node")),
                message -> {});
    }

    private static void awaitText(String selector, Predicate<String> condition) {
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> browser.contents(selector).stream().anyMatch(condition));
    }

    private static void openList() {
        live.openList("");
    }

    private static void assertAccessible() throws Exception {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.violations()).isEmpty();
        browser.complaints(); // Those about axe itself.
    }

    /** Opens the form that drops logs, with a shop and a cell. */
    private static WebElement dropForm(String shop, String cell) {
        openList();
        browser.click(By.cssSelector("#drop > summary"));
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> !page.findElements(By.name("file")).isEmpty());
        WebElement form = page.findElement(By.cssSelector("form[data-act=drop]"));
        form.findElement(By.name("shop")).clear();
        form.findElement(By.name("shop")).sendKeys(shop);
        form.findElement(By.name("cell")).clear();
        form.findElement(By.name("cell")).sendKeys(cell);
        return form;
    }

    /** Drops a log on the page, with the file chooser. */
    private static void dropOnPage(String name, byte[] log, String shop, String cell) throws Exception {
        Path file = Files.write(folder.resolve(name), log);
        WebElement form = dropForm(shop, cell);
        form.findElement(By.name("file")).sendKeys(file.toString());
        form.findElement(By.cssSelector("button.primary")).click();
        awaitText("#drop .outcome", text -> text.contains("dropped as " + shop + "/" + cell + "/" + name));
    }

    private static byte[] sample(long seed) {
        return SampleLogs.bytes(SampleProfile.healthy(SampleProfile.Flavour.WINPEP, seed), 3000);
    }

    @Test
    void logDroppedOnThePage_isAnalysed_andItsCommandIsShown() throws Exception {
        // When
        dropOnPage("chosen.csv", sample(1), "shop-a", "bay-1");

        // Then
        live.awaitRow("chosen.csv", "done");
        assertThat(browser.texts("#drop .command code"))
                .singleElement()
                .asString()
                .startsWith("cp chosen.csv ")
                .endsWith("/drop/shop-a/bay-1/chosen.csv");
        assertAccessible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void logDraggedOntoTheList_isAnalysed() throws Exception {
        // Given
        WebElement form = dropForm("shop-e", "bay-2");

        // When
        page.executeScript("""
                const dragged = new DataTransfer();
                dragged.items.add(new File([arguments[1]], arguments[2]));
                for (const name of ['dragenter', 'dragover', 'drop']) {
                  arguments[0].dispatchEvent(new DragEvent(name, {bubbles: true, cancelable: true, dataTransfer: dragged}));
                }
                """, form, new String(sample(5), StandardCharsets.UTF_8), "dragged.csv");

        // Then
        awaitText("#drop .outcome", text -> text.contains("dropped as shop-e/bay-2/dragged.csv"));
        live.awaitRow("dragged.csv", "done");
        assertThat(form.getDomAttribute("data-over")).isNull();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void recipe_isStartedWithItsInput_andItsRunIsShown() throws Exception {
        // Given
        browser.open(node.address("/recipes"));
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> !page.findElements(By.name("inputs.who")).isEmpty());
        browser.pictures("start-recipe");
        page.findElement(By.name("inputs.who")).sendKeys("<b>$(id)</b>");

        // When
        browser.click(By.cssSelector("form[data-act=start-recipe] button.primary"));

        // Then
        awaitText("#start .outcome", text -> text.contains("started greet as run "));
        assertThat(browser.texts("#start .command code").toString())
                .contains("dynoai recipe run ", "--set 'inputs.who=<b>$(id)</b>'");
        assertAccessible();
        browser.click(By.linkText("Its run"));
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLoaded);
        awaitText("#state", "done"::equals);
        awaitText("#log", text -> text.contains("<b>$(id)</b>"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void rejectedLog_isPutBackWithTheUnitThatItsHintNames() throws Exception {
        // Given
        String log = HEADER + "0.1,3000,24,60,13,13,13.5,13.2\n".repeat(20);
        node.drop("shop-b/inches.csv", log.getBytes(StandardCharsets.UTF_8));
        openList();
        live.awaitRow("inches.csv", "UNIT_SUSPECT");

        // When
        browser.click(By.linkText("fix it"));
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLoaded);
        assertThat(browser.texts("#logs h3")).contains("inches.csv");
        browser.pictures("rejected");
        assertAccessible();
        browser.click(By.cssSelector("form[data-act=requeue] button.primary"));

        // Then
        awaitText("#logs .outcome", text -> text.contains("back at shop-b/inches.csv"));
        assertThat(browser.texts("#logs .command code").toString()).contains("--set map_unit=inhg");
        openList();
        live.awaitRow("inches.csv", "done");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void correctionsOfARun_areAppliedToATableOnThePage_andRolledBack() throws Exception {
        // Given
        node.drop("shop-d/lean.csv", 4, SampleProfile.Fault.LEAN_FRONT);
        Path run = live.openRun("lean.csv");
        Path table = Files.writeString(
                folder.resolve("ve.csv"),
                Files.readString(run.resolve("VE_Correction_Delta_Front.csv"))
                        .replaceAll("(?m),'?[+-]?\\d+\\.\\d+|,(?=,|$)", ",80.5"));
        browser.click(By.xpath("//summary[.='Apply to a VE table']"));
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> !page.findElement(By.name("base_of")).getText().isEmpty());
        page.findElement(By.cssSelector("form[data-act=apply] input[type=file]"))
                .sendKeys(table.toString());
        await().atMost(LiveNode.MAX_WAIT)
                .until(() -> !String.valueOf(page.findElement(By.name("base")).getDomProperty("value"))
                        .isEmpty());

        // When
        browser.click(By.cssSelector("button[value=preview]"));
        awaitText("#actions .outcome", text -> text.contains("a preview; nothing was written"));
        browser.pictures("apply");
        assertAccessible();
        browser.click(By.cssSelector("button[value=apply]"));
        awaitText("#actions .outcome", text -> text.contains("applied as "));
        browser.click(By.xpath("//button[.='Roll back']"));

        // Then
        awaitText("#actions .outcome", text -> text.contains("restored "));
        awaitText("#actions a", text -> text.equals("restored table"));
        page.findElement(By.cssSelector("form[data-act=note] input")).sendKeys("<b>new</b> exhaust");
        browser.click(By.cssSelector("form[data-act=note] button"));
        awaitText("#actions li", text -> text.startsWith("<b>new</b> exhaust"));
        awaitText("#actions p", text -> text.startsWith("Applied "));
        assertThat(browser.contents("#actions .outcome").toString()).contains("dynoai ve rollback --current ");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void fileThatIsLeft_isOnTheListAndHasItsReason() throws Exception {
        // Given
        node.drop("Bob's Cycles/pull.csv", sample(2));
        openList();

        // When
        awaitText("#left", text -> text.contains("left in the drop folder"));
        browser.click(By.linkText("see why"));
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLoaded);

        // Then
        assertThat(browser.contents("#left tbody tr").toString()).contains("Bob's Cycles", "not a valid shop id");
        assertThat(page.findElement(By.id("rule")).getText()).contains("SHOP/CELL");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void duplicate_leadsToTheRunThatItRepeats_whichIsReplayed() throws Exception {
        // Given
        dropOnPage("once.csv", sample(3), "shop-c", "bay-1");
        live.awaitRow("once.csv", "done");
        dropOnPage("twice.csv", sample(3), "shop-c", "bay-1");
        live.awaitRow("twice.csv", "duplicate");

        // When
        browser.click(By.cssSelector("#runs a[href^='/runs/shop-c/']"));
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLoaded);
        browser.click(By.cssSelector("#actions summary"));
        browser.pictures("actions");
        WebElement clamp = page.findElement(By.cssSelector("form[data-act=replay] input"));
        clamp.sendKeys("12");
        browser.click(By.cssSelector("form[data-act=replay] button.primary"));
        awaitText("#actions .outcome", text -> text.contains("claimed as run "));
        browser.click(By.linkText("The new run"));

        // Then
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLoaded);
        awaitText("#read", text -> text.contains("clamp") && text.contains("12"));
        page.get(node.address("/audit"));
        await().atMost(LiveNode.MAX_WAIT).until(browser::isLoaded);
        assertThat(browser.contents("#entries tbody tr").toString()).contains("replay", "drop", "127.0.0.1", "done");
        assertAccessible();
        assertThat(browser.complaints()).isEmpty();
    }
}
