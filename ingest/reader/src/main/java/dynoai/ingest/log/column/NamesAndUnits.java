package dynoai.ingest.log.column;

import dynoai.ingest.log.text.CellNumber;
import dynoai.ingest.log.text.HeaderWords;
import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Recognizes header lines by the names of engine speed, and units rows by the known units (spec section 2). */
public final class NamesAndUnits implements HeaderWords {
    @Override
    public List<Integer> engineSpeed(List<String> cells) {
        List<String> possible = new ArrayList<>();
        boolean isAnyPossible = false;
        for (String cell : cells) {
            boolean isPossible = ChannelNames.mayContain(cell, Channel.RPM);
            possible.add(isPossible ? cell : "");
            isAnyPossible |= isPossible;
        }
        if (!isAnyPossible) {
            return List.of();
        }
        ColumnSearch search = new ColumnSearch(possible, List.of(), LogFormats.of(""));
        Set<Integer> columns = new LinkedHashSet<>();
        for (FormatDescription vocabulary : search.vocabularies()) {
            for (Match match : search.matches(vocabulary, Channel.RPM, Cylinder.FRONT)) {
                columns.add(match.column());
            }
        }
        return List.copyOf(columns);
    }

    @Override
    public boolean hasUnits(List<String> cells) {
        int units = 0;
        for (String cell : cells) {
            units += LogUnit.ofCell(cell) == null ? 0 : 1;
        }
        return units > 0 && units * 3 >= cells.size();
    }

    /** Whether the line under the header has known units in a third of its cells, and no number for engine speed and MAP. */
    boolean isUnitsRow(List<String> headers, List<String> below, FormatDescription format) {
        if (!hasUnits(below)) {
            return false;
        }
        ColumnSearch search = new ColumnSearch(headers, List.of(), format);
        for (Channel channel : List.of(Channel.RPM, Channel.MAP_KPA)) {
            for (Match match : search.matches(channel, Cylinder.FRONT)) {
                if (match.column() < below.size() && CellNumber.isNumber(below.get(match.column()))) {
                    return false;
                }
            }
        }
        return true;
    }
}
