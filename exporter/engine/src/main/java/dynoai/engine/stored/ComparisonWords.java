package dynoai.engine.stored;

import dynoai.exporter.manifest.Manifest;
import dynoai.exporter.report.StoredRun;
import dynoai.exporter.report.html.Figures;
import dynoai.exporter.verdict.CylinderFigures;
import dynoai.exporter.verdict.Verdict;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two runs in sentences. The first run is the one before, the second the one after. */
final class ComparisonWords {
    private ComparisonWords() {}

    static List<String> of(Manifest beforeManifest, StoredRun before, Manifest afterManifest, StoredRun after) {
        List<String> words = new ArrayList<>();
        boolean sameLog = beforeManifest.inputSha256().equals(afterManifest.inputSha256());
        words.add(
                sameLog
                        ? "The same log was analysed in both."
                        : "Two logs: " + before.log() + " (" + before.rowsRead() + " rows) before, " + after.log()
                                + " (" + after.rowsRead() + " rows) after.");
        changed(words, "Program version", before.appVersion(), after.appVersion());
        TreeSet<String> names = new TreeSet<>(before.options().keySet());
        names.addAll(after.options().keySet());
        for (String name : names) {
            changed(
                    words,
                    "Option " + name.replace('_', ' '),
                    before.options().getOrDefault(name, "not set"),
                    after.options().getOrDefault(name, "not set"));
        }
        @Nullable Verdict one = before.verdict();
        @Nullable Verdict other = after.verdict();
        if (one != null && other != null) {
            for (Cylinder cylinder : Cylinder.values()) {
                CylinderFigures was = one.corrections().of(cylinder);
                CylinderFigures is = other.corrections().of(cylinder);
                String who = cylinder.title() + ", ";
                changed(words, who + "largest correction", was.largestWords(), is.largestWords());
                changed(
                        words,
                        who + "cells cut by the clamp",
                        "" + was.ridden().cut().size(),
                        "" + is.ridden().cut().size());
                changed(words, who + "cells with fewer than 10 samples", "" + was.weak(), "" + is.weak());
            }
            changed(words, "Knock", one.spark().knockWords(), other.spark().knockWords());
        }
        return words;
    }

    /** Returns how many cells of a correction table change, and which the most. */
    static String change(Grid before, Grid after) {
        double[] change = Grid.empty();
        int changed = 0;
        int onlyOne = 0;
        for (int cell = 0; cell < GridAxes.CELLS; cell++) {
            change[cell] = after.at(cell) - before.at(cell);
            changed += Double.isNaN(change[cell]) || change[cell] == 0 ? 0 : 1;
            onlyOne += before.isEmpty(cell) != after.isEmpty(cell) ? 1 : 0;
        }
        int most = Grid.largestCell(change);
        return (changed == 0
                        ? "No cell that both have changes"
                        : changed + (changed == 1 ? " cell changes" : " cells change") + ", the most by "
                                + Figures.percent(change[most]) + " % at " + Figures.place(most))
                + (onlyOne == 0
                        ? "."
                        : "; " + onlyOne + (onlyOne == 1 ? " cell has" : " cells have") + " a value in one run only.");
    }

    private static void changed(List<String> words, String what, String before, String after) {
        if (!Objects.equals(before, after)) {
            words.add(what + ": " + before + " before, " + after + " after.");
        }
    }
}
