package dynoai.ingest.log.text;

import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of a log.
 *
 * @param headerLine the header line as it is in the log
 * @param columns unquoted, in file order
 * @param below cells of the line right under the header, which may be units; empty without one
 * @param belowIsUnits whether that line stands among the names and cannot be a row
 * @param preambleLines lines above the header that are not blank
 * @param bodyOffset position in the text of the first byte that may belong to a row
 */
public record LogHead(
        TextForm form,
        Encoding encoding,
        String headerLine,
        char delimiter,
        List<String> columns,
        List<String> below,
        boolean belowIsUnits,
        int preambleLines,
        long bodyOffset) {

    /** @param words knows engine speed; null if the header is the first line, as in the historical toolkit */
    public static LogHead read(LogSource log, @Nullable HeaderWords words, int chunkBytes)
            throws IOException, LogRejectedException {
        byte[] firstBytes = firstBytes(log);
        UnreadFormat.reject(log.name(), firstBytes);
        TextForm form = TextForm.of(firstBytes);
        HeaderSearch.Place place = words == null
                ? HeaderSearch.firstLine(log, form, chunkBytes)
                : new HeaderSearch(log, form, words, chunkBytes).find();
        return read(log, form, place, chunkBytes);
    }

    private static LogHead read(LogSource log, TextForm form, HeaderSearch.Place place, int chunkBytes)
            throws IOException, LogRejectedException {
        try (Lines lines = new Lines(log, form, chunkBytes)) {
            do {
                lines.next();
            } while (lines.offset() < place.offset());
            byte[] names = lines.bytes();
            long end = lines.end();
            long offset = lines.offset();
            TextForm aligned = form;
            if (place.aligned()) {
                aligned = form.aligned(SpaceAlignment.cut(names));
            }
            byte[] below = below(lines, aligned);
            Encoding encoding = Encoding.of(log, form, names, below);
            HeaderLine header = new HeaderLine(encoding.decode(names));
            rejectManyColumns(form.text(log), offset, header.columns().size());
            String units = encoding.decode(below);
            return new LogHead(
                    aligned,
                    encoding,
                    encoding.decode(names),
                    header.delimiter(),
                    place.aligned()
                            ? header.columns().stream().map(AsciiText::trim).toList()
                            : header.columns(),
                    below.length == 0 || HeaderSearch.isSectionMarker(units)
                            ? List.of()
                            : HeaderLine.split(units, header.delimiter()),
                    place.bodyOffset() >= 0,
                    place.linesAbove(),
                    Math.max(end, place.bodyOffset()));
        }
    }

    /** Returns the next line with cells, or no bytes. */
    private static byte[] below(Lines lines, TextForm form) throws IOException, LogRejectedException {
        while (lines.next()) {
            byte[] line = lines.bytes();
            if (form.alignment() != null) {
                form.alignment().cut(line, 0, line.length);
            }
            for (byte c : line) {
                if (!AsciiText.isSpace(c)) {
                    return line;
                }
            }
        }
        return new byte[0];
    }

    private static void rejectManyColumns(LogSource text, long offset, int count)
            throws IOException, LogRejectedException {
        if (count > LogLimits.MAX_COLUMNS) {
            throw new LogRejectedException(Rejection.of(
                    FailureCode.TOO_MANY_COLUMNS,
                    text.name(),
                    BinaryContentCheck.lineAt(text, offset),
                    "",
                    "the header names " + count + " columns",
                    "at most " + LogLimits.MAX_COLUMNS,
                    "export only the channels that the analysis needs"));
        }
    }

    private static byte[] firstBytes(LogSource log) throws IOException {
        byte[] bytes = new byte[UnreadFormat.RECOGNIZABLE_BYTES];
        int length = 0;
        try (LogSource.Bytes opened = log.open()) {
            int count;
            while (length < bytes.length && (count = opened.read(bytes, length, bytes.length - length)) >= 0) {
                length += count;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
