package dynoai.ingest.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether columns hold an AFR or a lambda, by their headers, units and values. */
final class ReferenceQuantities {
    private enum Quantity {
        AFR,
        LAMBDA,
        EQUIVALENCE_RATIO
    }

    private final List<double[]> cells;
    private final List<Quantity> quantities = new ArrayList<>();

    ReferenceQuantities(List<String> headers, List<String> unitsRow, List<double[]> cells) {
        this.cells = cells;
        for (int i = 0; i < headers.size(); i++) {
            String unit = ReferenceHeader.of(headers.get(i)).unit();
            if (unit == null && i < unitsRow.size()) {
                unit = ReferenceText.rowUnit(unitsRow.get(i));
            }
            quantities.add(quantity(ReferenceHeader.of(headers.get(i)), unit, i));
        }
    }

    /** Returns the AFR in a cell; NaN if absent. */
    double afr(double[] row, int column) {
        double lambda = row[column];
        switch (quantities.get(column)) {
            case EQUIVALENCE_RATIO:
                lambda = 1.0 / lambda;
                break;
            case LAMBDA:
                break;
            default:
                return row[column];
        }
        return lambda >= 0.6 && lambda <= 1.3 ? lambda * 14.57 : Double.NaN;
    }

    boolean holdsLambda(int column) {
        return quantities.get(column) == Quantity.LAMBDA;
    }

    boolean hasValidAfr(int column) {
        return cells.stream().anyMatch(row -> ReferenceReader.isValidAfr(afr(row, column)));
    }

    private Quantity quantity(ReferenceHeader header, @Nullable String unit, int column) {
        boolean calledLambda = header.uncut().contains("lambda") || header.cut().contains("lambda");
        boolean calledAfr = isCalledAfr(header) || "AFR".equals(unit);
        boolean statesLambda = "lambda".equals(unit) || "phi".equals(unit);
        double[] values = cells.stream()
                .mapToDouble(row -> row[column])
                .filter(value -> !Double.isNaN(value) && value != 0)
                .sorted()
                .toArray();
        double lowest = values.length == 0 ? Double.NaN : values[0];
        double highest = values.length == 0 ? Double.NaN : values[values.length - 1];
        if (statesLambda || calledLambda && !"AFR".equals(unit)) {
            // A sensor at its stop does not vary; a target need not.
            boolean varies = highest - lowest >= 0.05 || header.hasAny(ReferenceSearch.COMMANDED_WORDS);
            boolean isAfr = lowest >= 9 && highest <= 18 && varies;
            return isAfr ? Quantity.AFR : "phi".equals(unit) ? Quantity.EQUIVALENCE_RATIO : Quantity.LAMBDA;
        }
        boolean isLambda = (calledAfr || calledLambda) && lowest >= 0.5 && highest <= 1.6;
        return isLambda ? Quantity.LAMBDA : Quantity.AFR;
    }

    private static boolean isCalledAfr(ReferenceHeader header) {
        List<ReferenceHeader> names = new ArrayList<>();
        for (String name : List.of("afr", "af", "air/fuel", "equivalence ratio", "eq ratio", "wideband")) {
            names.add(ReferenceHeader.of(name));
        }
        return names.stream().anyMatch(name -> header.besides(name) != null)
                || header.cuts().stream().flatMap(List::stream).anyMatch(word -> word.startsWith("wb"));
    }
}
