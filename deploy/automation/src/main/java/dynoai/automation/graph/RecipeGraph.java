package dynoai.automation.graph;

import dynoai.automation.recipe.Recipe;
import dynoai.automation.recipe.RecipeStep;
import dynoai.automation.recipe.RecipeStep.Group;
import dynoai.automation.recipe.RecipeStep.Kind;
import dynoai.automation.recipe.RecipeStep.Leaf;
import dynoai.automation.recipe.StepOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws a recipe as SVG. Time runs downwards, steps in one row may run in parallel, a line leads from a step to each that
 * waits for it, and a frame has the steps of a group. The same recipe gives the same bytes.
 */
public final class RecipeGraph {
    private static final int BOX_WIDTH = 200;
    private static final int BOX_HEIGHT = 44;
    private static final int GAP_ACROSS = 24;
    private static final int GAP_DOWN = 36;
    private static final int FRAME = 16;
    private static final int FRAME_TITLE = 30;
    private static final int MAX_LABEL = 28;

    private RecipeGraph() {}

    public static String svg(Recipe recipe) {
        Level level = Level.of(recipe.steps());
        int width = level.width + 2 * FRAME;
        int height = level.height + 2 * FRAME;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height + "\" width=\""
                + width + "\" height=\"" + height + "\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.append("<title>" + escape(recipe.name()) + "</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        level.draw(FRAME, FRAME, svg);
        return svg.append("</svg>\n").toString();
    }

    /** The steps of one level in rows: a step is one row below the last it waits for. */
    private static final class Level {
        private final StepOrder order;
        private final Map<String, Level> inside = new HashMap<>();
        private final Map<String, int[]> places = new HashMap<>();
        private int width;
        private int height;

        private Level(StepOrder order) {
            this.order = order;
        }

        static Level of(List<RecipeStep> steps) {
            Level level = new Level(StepOrder.of(steps));
            level.place();
            return level;
        }

        private void place() {
            List<List<RecipeStep>> rows = new ArrayList<>();
            Map<String, Integer> rowOf = new HashMap<>();
            for (RecipeStep step : order.steps()) {
                if (step instanceof Group group) {
                    inside.put(step.name(), of(group.steps()));
                }
                int row = order.before(step.name()).stream()
                        .mapToInt(need -> rowOf.getOrDefault(need, 0) + 1)
                        .max()
                        .orElse(0);
                rowOf.put(step.name(), row);
                while (rows.size() <= row) {
                    rows.add(new ArrayList<>());
                }
                rows.get(row).add(step);
            }
            int y = 0;
            for (List<RecipeStep> row : rows) {
                int x = 0;
                int tallest = 0;
                for (RecipeStep step : row) {
                    int[] size = size(step);
                    places.put(step.name(), new int[] {x, y, size[0], size[1]});
                    x += size[0] + GAP_ACROSS;
                    tallest = Math.max(tallest, size[1]);
                }
                width = Math.max(width, x - GAP_ACROSS);
                y += tallest + GAP_DOWN;
            }
            height = Math.max(0, y - GAP_DOWN);
        }

        private int[] size(RecipeStep step) {
            Level level = inside.get(step.name());
            return level == null
                    ? new int[] {BOX_WIDTH, BOX_HEIGHT}
                    : new int[] {Math.max(level.width, BOX_WIDTH) + 2 * FRAME, level.height + FRAME_TITLE + 2 * FRAME};
        }

        private int[] at(String name) {
            return places.getOrDefault(name, new int[4]);
        }

        void draw(int left, int top, StringBuilder svg) {
            for (RecipeStep step : order.steps()) {
                int[] to = at(step.name());
                for (String need : order.edges(step.name())) {
                    int[] from = at(need);
                    int x1 = left + from[0] + from[2] / 2;
                    int y1 = top + from[1] + from[3];
                    int x2 = left + to[0] + to[2] / 2;
                    int y2 = top + to[1];
                    svg.append("<path d=\"M" + x1 + " " + y1 + "C" + x1 + " " + (y1 + GAP_DOWN) + " " + x2 + " "
                            + (y2 - GAP_DOWN) + " " + x2 + " " + y2 + "\" fill=\"none\" stroke=\"#5f6b7a\"/>\n");
                    svg.append("<path d=\"M" + x2 + " " + y2 + "l-4 -7h8z\" fill=\"#5f6b7a\"/>\n");
                }
            }
            for (RecipeStep step : order.steps()) {
                int[] box = at(step.name());
                drawStep(step, left + box[0], top + box[1], box[2], box[3], svg);
            }
        }

        private void drawStep(RecipeStep step, int x, int y, int w, int h, StringBuilder svg) {
            boolean group = step instanceof Group;
            svg.append("<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + w + "\" height=\"" + h + "\" rx=\"6\" fill=\""
                    + (group ? "#f4f6f9" : "#e3edf7") + "\" stroke=\"#2b4c6f\""
                    + (group ? " stroke-dasharray=\"5 3\"" : "") + "/>\n");
            text(x + 10, y + 18, "#12263a", " font-weight=\"bold\"", step.head().idx() + " " + step.name(), svg);
            text(x + 10, y + 35, "#3d4b5c", "", subtitle(step), svg);
            Level level = inside.get(step.name());
            if (level != null) {
                level.draw(x + FRAME, y + FRAME_TITLE + FRAME, svg);
            }
        }

        private static String subtitle(RecipeStep step) {
            if (step instanceof Group group) {
                return "repeat until " + group.until() + ", at most "
                        + group.max().asText();
            }
            Leaf leaf = (Leaf) step;
            return (leaf.kind() == Kind.SHELL ? "$ " : "") + leaf.action();
        }

        private static void text(int x, int y, String colour, String more, String text, StringBuilder svg) {
            String label = text.length() > MAX_LABEL ? text.substring(0, MAX_LABEL - 1) + "…" : text;
            svg.append("<text x=\"" + x + "\" y=\"" + y + "\" fill=\"" + colour + "\"" + more + ">" + escape(label));
            if (!label.equals(text)) {
                svg.append("<title>" + escape(text) + "</title>");
            }
            svg.append("</text>\n");
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\p{Cntrl}]", " ");
    }
}
