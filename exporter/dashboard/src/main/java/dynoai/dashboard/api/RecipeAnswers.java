package dynoai.dashboard.api;

import dynoai.dashboard.http.HttpException;
import dynoai.dashboard.recipes.RecipeRunView;
import dynoai.dashboard.recipes.RecipeRuns;
import dynoai.dashboard.runs.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers about runs of recipes. */
final class RecipeAnswers {
    private static final int MAX_NAMES = 1000;

    private final RecipeRuns recipes;

    RecipeAnswers(RecipeRuns recipes) {
        this.recipes = recipes;
    }

    Map<String, @Nullable Object> runs(Call call) throws HttpException, IOException {
        int page = call.number("page", 1, Api.MAX_PAGE);
        int size = call.number("size", Api.PAGE_SIZE, Api.MAX_SIZE);
        String recipe = call.parameter("recipe");
        List<RecipeRunView> all = recipes.all();
        List<RecipeRunView> chosen = all.stream()
                .filter(run -> recipe.isEmpty() || run.recipe().equals(recipe))
                .toList();
        List<Object> shown = new ArrayList<>();
        for (RecipeRunView run :
                chosen.stream().skip((long) (page - 1) * size).limit(size).toList()) {
            shown.add(run.summary());
        }
        return new Fields()
                .put("total", chosen.size())
                .put("page", page)
                .put("size", size)
                .put("runs", shown)
                .put(
                        "recipes",
                        all.stream()
                                .map(RecipeRunView::recipe)
                                .distinct()
                                .sorted()
                                .limit(MAX_NAMES)
                                .toList())
                .map();
    }

    Map<String, @Nullable Object> run(Call call) throws HttpException, IOException {
        return find(call).details();
    }

    Map<String, @Nullable Object> log(Call call) throws HttpException, IOException {
        return find(call).log(call.id("step")).orElseThrow(() -> HttpException.notFound("the step has no log"));
    }

    private RecipeRunView find(Call call) throws HttpException {
        return recipes.find(call.id("recipe"), call.parameter("shop"), call.id("run"))
                .orElseThrow(() -> HttpException.notFound("no such run of a recipe"));
    }
}
