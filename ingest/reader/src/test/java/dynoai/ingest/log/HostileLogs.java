package dynoai.ingest.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Small logs from a seed that go to the edges of every reading rule: all header names and words that must not be taken,
 * every delimiter, line end, quote and number that the specification mentions, and what damaged files look like.
 */
final class HostileLogs {
    private static final String[] WINPEP = {
        "Timestamp",
        "RPM",
        "Engine RPM",
        "MAP_kPa",
        "MAP",
        "kPa",
        "Manifold Pressure",
        "Torque",
        "TQ",
        "Ft-Lb",
        "HP",
        "Horsepower",
        "Power",
        "AFR_Cmd_F",
        "AFR_Cmd_R",
        "Cmd AFR F",
        "Commanded AFR Front",
        "Commanded AFR Rear",
        "AFR Target F",
        "AFR_Meas_F",
        "AFR_Meas_R",
        "AFR Front",
        "AFR R",
        "Measured AFR F",
        "WB AFR Rear",
        "O2 F",
        "O2 R",
        "Knock",
        "Knock_Ret_F",
        "Knock R",
        "Spark Retard F",
        "IAT",
        "Intake Air degC",
        "IAT (°C)",
        "VBatt",
        "Voltage",
        "Battery",
        "TPS",
        "Throttle",
        "MAP_inHg",
        "MAP in Hg",
        "Elapsed_ms"
    };
    private static final String[] POWER_VISION = {
        "Time (s)",
        "(PV) Engine Speed",
        "(Harley - ECU Type 22 SW Level 621) Engine Speed",
        "(DWRT CPU) Engine RPM",
        "(PV) Manifold Absolute Pressure",
        "(PV) Manifold Absolute Pressure (inHg)",
        "MAP (kPa)",
        "Manifold Pressure",
        "(DWR CPU) Torque",
        "(DWRT CPU) Torque (uncorrected)",
        "(DWR CPU) Power",
        "(PV) Horsepower",
        "EngSpeed (RPM)",
        "AFR Measured",
        "AFR Commanded",
        "(PV) WBO2 AFR Front",
        "(PV) WBO2 AFR Rear",
        "WBO2 AFR",
        "(DWRT CPU) LC1 Volts Petrol AFR",
        "(DWRT CPU) LC2 Volts Petrol AFR2",
        "(PV) AFR Meas",
        "(PV) Desired Air/Fuel",
        "AFR Target",
        "(PV) Lambda Measured",
        "(PV) Desired Lambda",
        "(PV) AT Lambda 1",
        "(PV) AT Lambda 2",
        "Lambda Rear",
        "Lambda Command",
        "(PV) Lambda Integrator Front",
        "Lambda Learn 2",
        "Lambda Status",
        "(PV) Front Spark Knock Retard",
        "Rear Spark Knock Retard",
        "Knock Front",
        "Knock Retard Rear",
        "knock",
        "(PV) Intake Air Temperature",
        "IAT (°F)",
        "Intake Air Temperature Celsius",
        "(PV) Battery Voltage",
        "Battery (V)",
        "(PV) Throttle Position",
        "Throttle (%)",
        "TPS",
        "Horsepower"
    };
    private static final String[] TRAPS = {
        "Target RPM",
        "Drum RPM",
        "RPM Limit",
        "Baro kPa",
        "Ambient MAP",
        "Fuel Pressure",
        "Oil Pressure kPa",
        "Desired Torque",
        "Target MAP",
        "Measured AFR Desired",
        "WBO2 AFR Front Target",
        "",
        " ",
        "Notes",
        "Überdruck",
        "(PV) Battery Voltage",
        "\"quoted\"",
        "a\"b",
        "AFR Meas Front Rear"
    };
    private static final String[] ODD_CELLS = {
        "",
        " ",
        "n/a",
        "NaN",
        "inf",
        "-Infinity",
        "0x10",
        "12.5f",
        "1_000",
        "1e400",
        "-1e400",
        "1e-400",
        "4.9e-324",
        "2.2250738585072011e-308",
        "+5",
        "-0",
        "-0.0",
        "0",
        ".5",
        "5.",
        ".",
        "+",
        "-",
        "e5",
        "1e",
        "1e+",
        "1E2",
        "1e-2",
        "12e0",
        "+.5e+1",
        "1.2.3",
        "1,5",
        "1,234.5",
        "1,2,3",
        "--5",
        "5-",
        "00012.50",
        "\t5 ",
        " 14.7",
        "14.7 ",
        "5\u000B",
        "\f5",
        "123456789012345678",
        "1234567890123456789012345",
        "0.30000000000000004441",
        "9007199254740993",
        "9007199254740992",
        "9007199254740991.5",
        "0.000000000000000000000001",
        "3000000000000000000000",
        "2.675",
        "1e22",
        "1e23",
        "8.5e22",
        "5.1",
        "5.100001",
        "8.999999",
        "9",
        "18",
        "18.000001",
        "0.6",
        "1.3",
        "1.30001",
        "\"12.5\"",
        "\"1\"\"2\"",
        "\"12\"5",
        " \"12\"",
        "\"",
        "\"\"",
        "\"\"\"\"",
        "\"12.5",
        "12\"5\"",
        "\" 13.5 \"",
        "\"1,5\"",
        "\"a;b\"",
        "\"x\ty\"",
        "٣",
        "12\u00A0",
        "\u0085",
        "1'000",
        "é",
        "1e99999999999",
        "0e99999999999",
        "1234567",
        "12345678",
        "123456.7",
        "1.23456",
        "99999999",
        "7.",
        "-7.25",
        "+7.25",
        "0.0000001"
    };
    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};
    private static final char[] DELIMITERS = {',', ',', ',', '\t', ';'};
    private static final Charset CP1252 = Charset.forName("windows-1252");

    private final Random random;

    HostileLogs(long seed) {
        random = new Random(seed);
    }

    /** An undamaged but awkward log. */
    byte[] log() {
        boolean winpep = random.nextBoolean();
        char delimiter = DELIMITERS[random.nextInt(DELIMITERS.length)];
        String lineEnd = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
        boolean mixedEnds = random.nextInt(8) == 0;
        List<String> headers = headers(winpep ? WINPEP : POWER_VISION);
        double oddness = random.nextInt(3) == 0 ? 0.4 : 0.05;
        boolean quotes = random.nextInt(6) == 0;
        double rpmUnit = random.nextInt(6) == 0 ? 0.001 : 1;
        double mapUnit = random.nextInt(6) == 0 ? 0.3 : 1;
        StringBuilder text = new StringBuilder(random.nextInt(6) == 0 ? "\uFEFF" : "");
        int rows = random.nextInt(12) == 0 ? random.nextInt(3) : random.nextInt(40);
        for (int row = -1; row < rows; row++) {
            if (random.nextInt(20) == 0) {
                text.append(random.nextBoolean() ? "" : " \t\u000B\f").append(lineEnd);
            }
            int cells = random.nextInt(15) == 0 && row >= 0 ? random.nextInt(headers.size() + 4) : headers.size();
            for (int i = 0; i < cells; i++) {
                String header = i < headers.size() ? headers.get(i) : "";
                String cell = row < 0 ? header : cell(header, oddness, rpmUnit, mapUnit, delimiter == ';');
                boolean quoted = quotes && !cell.startsWith("\"") && random.nextInt(3) > 0;
                text.append(i == 0 ? "" : String.valueOf(delimiter))
                        .append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
            }
            text.append(
                    mixedEnds ? LINE_ENDS[random.nextInt(3)] : row == rows - 1 && random.nextBoolean() ? "" : lineEnd);
        }
        return text.toString().getBytes(random.nextInt(5) == 0 ? CP1252 : StandardCharsets.UTF_8);
    }

    private List<String> headers(String[] names) {
        List<String> headers = new ArrayList<>();
        if (random.nextInt(12) > 0) {
            boolean winpep = names == WINPEP;
            headers.add(winpep ? "RPM" : "(PV) Engine Speed");
            headers.add(winpep ? "MAP_kPa" : "(PV) Manifold Absolute Pressure");
            headers.add(random.nextInt(3) == 0 ? "HP" : winpep ? "Torque" : "(DWR CPU) Torque");
        }
        int more = random.nextInt(16);
        for (int i = 0; i < more; i++) {
            String[] pool = random.nextInt(8) == 0 ? TRAPS : random.nextInt(12) == 0 ? WINPEP : names;
            headers.add(random.nextInt(headers.size() + 1), decorated(pool[random.nextInt(pool.length)]));
        }
        if (headers.isEmpty()) {
            headers.add("RPM");
        }
        if (random.nextInt(5) == 0) {
            headers.add(headers.get(random.nextInt(headers.size())));
        }
        return headers;
    }

    private String decorated(String header) {
        switch (random.nextInt(12)) {
            case 0:
                return header.toUpperCase(Locale.ROOT);
            case 1:
                return header.toLowerCase(Locale.ROOT);
            case 2:
                return " " + header;
            case 3:
                return header + " \t";
            case 4:
                return header.replace(' ', '_');
            case 5:
                return header + " " + random.nextInt(3);
            case 6:
                return "\"" + header.replace("\"", "\"\"") + "\"";
            default:
                return header;
        }
    }

    private String cell(String header, double oddness, double rpmUnit, double mapUnit, boolean semicolons) {
        if (random.nextDouble() < oddness) {
            return ODD_CELLS[random.nextInt(ODD_CELLS.length)];
        }
        String name = header.toLowerCase(Locale.ROOT);
        double value;
        if (name.contains("rpm") || name.contains("speed")) {
            value = (1000 + random.nextInt(6000)) * rpmUnit;
        } else if (name.contains("lambda")) {
            value = 0.5 + random.nextDouble();
        } else if (name.contains("afr") || name.contains("air/fuel") || name.contains("o2")) {
            value = random.nextInt(4) == 0 ? 5.1 : 8.5 + random.nextDouble() * 10;
        } else if (name.contains("map") || name.contains("manifold") || name.contains("kpa")) {
            value = (20 + random.nextInt(80)) * mapUnit;
        } else {
            value = random.nextInt(2000) / 10.0 - 10;
        }
        int decimals = random.nextInt(5);
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return semicolons && random.nextInt(4) > 0 ? text.replace('.', ',') : text;
    }

    /** The log with a few things done to its bytes that transfers, crashes and people do. */
    byte[] damaged(byte[] log) {
        byte[] bytes = log;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            bytes = damagedOnce(bytes);
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        switch (random.nextInt(14)) {
            case 0:
                return slice(bytes, 0, at);
            case 1:
                return slice(bytes, at, bytes.length);
            case 2:
                return flipped(bytes);
            case 3:
                return with(bytes, at, random.nextInt(4) == 0 ? "\0" : "\"");
            case 4:
                return with(bytes, at, LINE_ENDS[random.nextInt(3)]);
            case 5:
                return with(bytes, at, String.valueOf(DELIMITERS[random.nextInt(DELIMITERS.length)]));
            case 6:
                return with(bytes, at, "7".repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 100_000 : 400)));
            case 7:
                return with(bytes, at, "\uFEFF");
            case 8:
                return with(bytes, at, ODD_CELLS[random.nextInt(ODD_CELLS.length)]);
            case 9:
                return with(bytes, at, "\"\"\"" + ",".repeat(random.nextInt(9)) + " ".repeat(random.nextInt(60)));
            case 10:
                return repeated(bytes, at);
            case 11:
                return random.nextInt(6) == 0
                        ? new String(bytes, CP1252).getBytes(StandardCharsets.UTF_16)
                        : joined(bytes, at, new byte[] {(byte) (0x80 + random.nextInt(128))});
            case 12:
                return with(bytes, 0, random.nextBoolean() ? "\uFEFF" : "\n \r\n");
            default:
                return with(bytes, bytes.length, "\n".repeat(random.nextInt(3)) + (char) (1 + random.nextInt(126)));
        }
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = random.nextInt(4); i >= 0 && flipped.length > 0; i--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] repeated(byte[] bytes, int at) {
        return joined(bytes, at, slice(bytes, random.nextInt(at + 1), at));
    }

    private static byte[] with(byte[] bytes, int at, String inserted) {
        return joined(bytes, at, inserted.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[] bytes, int at, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + inserted.length);
        out.write(bytes, 0, at);
        out.write(inserted, 0, inserted.length);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return joined(new byte[0], 0, java.util.Arrays.copyOfRange(bytes, from, to));
    }
}
