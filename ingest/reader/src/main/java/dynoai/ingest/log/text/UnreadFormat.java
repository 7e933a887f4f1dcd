package dynoai.ingest.log.text;

import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.log.Rejection;
import dynoai.schemas.run.FailureCode;
import java.nio.charset.StandardCharsets;

/** Formats that are known by their first bytes and not read. */
enum UnreadFormat {
    MEGA_LOG_VIEWER(
            "MLVLG",
            "a binary log of MegaLogViewer and TunerStudio (.mlg)",
            "open it in MegaLogViewer and export it as CSV or as a text log (.msl)"),
    HALTECH(
            "%DataLog%",
            "a log of Haltech NSP in its own layout", "open it in Haltech NSP and export its channels as CSV"),
    WORKBOOK(
            "PK\u0003\u0004",
            "[Content_Types].xml",
            "a workbook of a spreadsheet program (.xlsx)",
            "open it in the spreadsheet program and save the sheet with the log as CSV"),
    ZIP("PK\u0003\u0004", "a zip archive", "unpack it and use the log inside"),
    OLD_WORKBOOK(
            "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1",
            "a workbook of a spreadsheet program (.xls)",
            "open it in the spreadsheet program and save the sheet with the log as CSV"),
    GZIP("\u001F\u008B", "a gzip archive (.gz)", "unpack it and use the log inside"),
    SEVEN_ZIP("7z\u00BC\u00AF'\u001C", "a 7-Zip archive (.7z)", "unpack it and use the log inside"),
    RAR("Rar!\u001A\u0007", "a RAR archive (.rar)", "unpack it and use the log inside"),
    MDF(
            "MDF     ",
            "a measurement in ASAM MDF (.mf4, .mdf, .dat)",
            "open it in the program that recorded it and export the channels as CSV"),
    PDF("%PDF-", "a PDF document", "export the log itself as CSV, not a report of it");

    /** First bytes that are enough to recognize any of the formats. */
    static final int RECOGNIZABLE_BYTES = 4096;

    private final String start;
    private final String contained;
    private final String description;
    private final String export;

    UnreadFormat(String start, String description, String export) {
        this(start, "", description, export);
    }

    /** @param contained text among the first bytes that distinguishes formats with the same start */
    UnreadFormat(String start, String contained, String description, String export) {
        this.start = start;
        this.contained = contained;
        this.description = description;
        this.export = export;
    }

    static void reject(String name, byte[] firstBytes) throws LogRejectedException {
        String text = new String(firstBytes, StandardCharsets.ISO_8859_1);
        for (UnreadFormat format : values()) {
            if (text.startsWith(format.start) && text.contains(format.contained)) {
                throw new LogRejectedException(Rejection.of(
                        FailureCode.UNREAD_FORMAT,
                        name,
                        0,
                        "",
                        "this is " + format.description,
                        "a log as text, such as CSV",
                        format.export));
            }
        }
    }
}
