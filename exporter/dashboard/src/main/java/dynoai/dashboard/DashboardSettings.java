package dynoai.dashboard;

import dynoai.catalogue.Catalogue;
import dynoai.dashboard.act.ActSettings;
import dynoai.dashboard.api.Pages;
import dynoai.dashboard.recipes.RecipeRuns;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a dashboard.
 *
 * @param runs the folder of runs
 * @param drop the drop folder, for rejected logs; null if not available
 * @param catalogue the runs that ended; the dashboard does not close it
 * @param stagesAreHere whether the stages report to {@link Dashboard#events}
 * @param recipes the runs of recipes
 * @param acts where the page changes something; null for a page that only shows
 * @param metrics the metrics page in Prometheus' text format
 */
public record DashboardSettings(
        Place place,
        Path runs,
        @Nullable Path drop,
        Catalogue catalogue,
        boolean stagesAreHere,
        RecipeRuns recipes,
        @Nullable ActSettings acts,
        Supplier<String> metrics,
        Supplier<Pages.Health> live,
        Supplier<Pages.Health> ready) {}
