package dynoai.dashboard;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.dashboard.act.ActSettings;
import dynoai.dashboard.api.Pages;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.schemas.access.Credentials;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a dashboard.
 *
 * @param credentials of which each request needs one; null for a page that shows all runs to everybody who may send requests
 * @param folders of runs and of rejected logs
 * @param catalogue the runs that ended; the dashboard does not close it
 * @param stagesAreHere whether the stages report to {@link Dashboard#events}
 * @param recipes the runs of recipes
 * @param acts where the page changes something; null for a page that only shows
 * @param metrics the metrics page in Prometheus' text format
 */
public record DashboardSettings(
        Place place,
        @Nullable Credentials credentials,
        RunFolders folders,
        Catalogue catalogue,
        boolean stagesAreHere,
        RecipeRuns recipes,
        @Nullable ActSettings acts,
        Supplier<String> metrics,
        Supplier<Pages.Health> live,
        Supplier<Pages.Health> ready) {}
