package dynoai.ingest.log.text;

import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the header line (spec section 2): among the first lines, one that names engine speed and has numbers below that name. Of
 * several, the one with the most rows. Memory does not grow with the log.
 */
final class HeaderSearch {
    private static final int MAX_LINES = 200;
    private static final int MAX_LINES_TO_FIRST_ROW = 20;
    private static final int MIN_CELLS = 3;
    /** Bounds the memory for header lines, a repetition of which is data. */
    private static final int MAX_REPEATED_LENGTH = 64 << 10;

    private static final String HP_TUNERS = "HP Tuners CSV Log File";
    private static final String CHANNEL_INFORMATION = "[Channel Information]";
    private static final String CHANNEL_DATA = "[Channel Data]";

    private final LogSource log;
    private final TextForm form;
    private final HeaderWords words;
    private final int chunkBytes;

    private final List<Candidate> candidates = new ArrayList<>();
    private final Set<String> candidateTexts = new HashSet<>();
    private @Nullable Place first;
    private @Nullable Place firstDelimited;
    private @Nullable Place firstAligned;

    HeaderSearch(LogSource log, TextForm form, HeaderWords words, int chunkBytes) {
        this.log = log;
        this.form = form;
        this.words = words;
        this.chunkBytes = chunkBytes;
    }

    /**
     * Where the header line is.
     *
     * @param offset position of the line in the text
     * @param linesAbove lines above it that are not blank
     * @param aligned whether its cells are set with spaces
     * @param bodyOffset position of the first byte that may belong to a row, or -1 for the end of the header line
     */
    record Place(long offset, int linesAbove, boolean aligned, long bodyOffset) {}

    /** Returns the first line, where the historical toolkit had the header. */
    static Place firstLine(LogSource log, TextForm form, int chunkBytes) throws IOException, LogRejectedException {
        try (Lines lines = new Lines(log, form, chunkBytes)) {
            if (lines.next()) {
                return new Place(lines.offset(), 0, false, -1);
            }
        }
        throw empty(log);
    }

    Place find() throws IOException, LogRejectedException {
        try (Lines lines = new Lines(log, form, chunkBytes)) {
            for (int line = 0; (line < MAX_LINES || isAnyUndecided()) && lines.next(); line++) {
                if (line == 0 && lines.characters().startsWith(HP_TUNERS)) {
                    Place sections = channelInformation();
                    if (sections != null) {
                        return sections;
                    }
                }
                observe(line, lines);
            }
            for (boolean aligned : new boolean[] {false, true}) {
                Candidate best = best(lines, aligned);
                if (best != null) {
                    return best.place;
                }
            }
        }
        if (firstDelimited != null) {
            return firstDelimited;
        }
        if (firstAligned != null) {
            return firstAligned;
        }
        if (first != null) {
            return first;
        }
        throw empty(log);
    }

    /** Returns the header of a log of HP Tuners: ids, names and units below one section marker, rows below the next. */
    private @Nullable Place channelInformation() throws IOException, LogRejectedException {
        try (Lines lines = new Lines(log, form, chunkBytes)) {
            int information = -1;
            long offset = -1;
            for (int line = 0; line < MAX_LINES && lines.next(); line++) {
                String text = AsciiText.trim(lines.characters());
                if (text.startsWith(CHANNEL_INFORMATION)) {
                    information = line;
                } else if (information >= 0 && line == information + 2) {
                    offset = lines.offset();
                } else if (offset >= 0 && text.startsWith(CHANNEL_DATA)) {
                    return new Place(offset, information + 2, false, lines.end());
                }
            }
        }
        return null;
    }

    private void observe(int line, Lines lines) {
        String text = lines.characters();
        Place here = new Place(lines.offset(), line, false, -1);
        if (isSectionMarker(text)) {
            first = first == null ? here : first;
            return;
        }
        candidates.forEach(candidate -> candidate.row(line, text));
        if (line >= MAX_LINES) {
            return;
        }
        if (firstDelimited != null && !lines.hasWord()) {
            return; // a row of numbers names nothing
        }
        HeaderLine delimited = new HeaderLine(text);
        List<String> aligned = alignedCells(text);
        first = first == null ? here : first;
        if (delimited.columns().size() >= MIN_CELLS) {
            firstDelimited = firstDelimited == null ? here : firstDelimited;
            consider(line, here, text, delimited.columns(), delimited.delimiter());
        } else if (aligned.size() >= MIN_CELLS) {
            Place place = new Place(lines.offset(), line, true, -1);
            firstAligned = firstAligned == null ? place : firstAligned;
            consider(line, place, text, aligned, SpaceAlignment.DELIMITER);
        }
    }

    /** Adds a candidate, unless it repeats one or is the units row of the one above. */
    private void consider(int line, Place place, String text, List<String> cells, char delimiter) {
        List<Integer> columns = words.engineSpeed(cells.subList(0, Math.min(cells.size(), LogLimits.MAX_COLUMNS)));
        if (columns.isEmpty()) {
            return;
        }
        Candidate above = candidates.isEmpty() ? null : candidates.get(candidates.size() - 1);
        boolean units = above != null
                && above.line == line - 1
                && (words.hasUnits(cells) && !above.hasNumber(text)
                        || above.columns.containsAll(columns)
                                && columns.stream().allMatch(column -> isUnitOfSpeed(cells.get(column))));
        boolean repeated = text.length() <= MAX_REPEATED_LENGTH && !candidateTexts.add(AsciiText.trim(text));
        if (!units && !repeated) {
            candidates.add(new Candidate(line, place, columns, delimiter));
        }
    }

    private static boolean isUnitOfSpeed(String cell) {
        String text = AsciiText.trim(cell);
        boolean inBrackets = text.startsWith("(") && text.endsWith(")") || text.startsWith("[") && text.endsWith("]");
        return (inBrackets ? AsciiText.trim(text.substring(1, text.length() - 1)) : text).equalsIgnoreCase("rpm");
    }

    private boolean isAnyUndecided() {
        return candidates.stream().anyMatch(Candidate::isUndecided);
    }

    /** Returns the confirmed candidate with the most rows before the next one; the first of equals. */
    private @Nullable Candidate best(Lines lines, boolean aligned) throws IOException, LogRejectedException {
        List<Candidate> confirmed = candidates.stream()
                .filter(candidate -> candidate.place.aligned == aligned && candidate.isConfirmed())
                .toList();
        Candidate best = null;
        int most = -1;
        for (int i = 0; i < confirmed.size(); i++) {
            Candidate candidate = confirmed.get(i);
            boolean last = i == confirmed.size() - 1;
            int rows = candidate.rowsBefore(last ? Integer.MAX_VALUE : confirmed.get(i + 1).line);
            while (last && best != null && rows <= most && lines.next()) {
                rows += candidate.hasNumber(lines.characters()) ? 1 : 0;
            }
            if (rows > most) {
                best = candidate;
                most = rows;
            }
        }
        return best;
    }

    private static String aligned(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        SpaceAlignment.cut(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<String> alignedCells(String text) {
        String cut = aligned(text);
        return AsciiText.trim(cut).isEmpty() ? List.of() : HeaderLine.split(cut, SpaceAlignment.DELIMITER);
    }

    static boolean isSectionMarker(String line) {
        String text = AsciiText.trim(line);
        return text.startsWith("[") && text.endsWith("]");
    }

    private static LogRejectedException empty(LogSource log) {
        return new LogRejectedException(Rejection.of(
                FailureCode.EMPTY_LOG,
                log.name(),
                0,
                "",
                "the file holds no text",
                "a header line with column names and one line per row",
                "export the log again; if the program is still writing it, wait until it has finished"));
    }

    /** A line that names engine speed. */
    private static final class Candidate {
        final int line;
        final Place place;
        private final List<Integer> columns;
        private final char delimiter;
        private final CellNumber number;
        private final BitSet rows = new BitSet();
        /** Lines below the header, a units row aside. */
        private int judgedLines;

        private boolean confirmed;

        Candidate(int line, Place place, List<Integer> columns, char delimiter) {
            this.line = line;
            this.place = place;
            this.columns = columns;
            this.delimiter = delimiter;
            this.number = new CellNumber(delimiter == ';');
        }

        void row(int at, String text) {
            boolean hasNumber = hasNumber(text);
            rows.set(at, hasNumber);
            if (at == line + 1 && !hasNumber) {
                return; // it may be a units row
            }
            judgedLines++;
            confirmed |= hasNumber && judgedLines <= MAX_LINES_TO_FIRST_ROW;
        }

        boolean isUndecided() {
            return !confirmed && judgedLines < MAX_LINES_TO_FIRST_ROW;
        }

        boolean isConfirmed() {
            return confirmed;
        }

        int rowsBefore(int end) {
            return rows.get(0, Math.max(0, end)).cardinality();
        }

        boolean hasNumber(String text) {
            String line = place.aligned ? aligned(text) : text;
            for (String cell : HeaderLine.cells(line, delimiter, columns)) {
                byte[] bytes = cell.getBytes(StandardCharsets.ISO_8859_1);
                if (number.read(bytes, 0, bytes.length) != CellNumber.NONE) {
                    return true;
                }
            }
            return false;
        }
    }
}
