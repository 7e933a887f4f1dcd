package dynoai.ingest.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Small logs from a seed with the headers and layouts of many loggers: preambles, units rows, units in headers, words that are
 * never taken, UTF-16, columns set with spaces, sparse rows, logs without torque.
 */
final class LoggerLogs {
    private static final String[] RPM = {
        "RPM", "Engine RPM", "Engine Speed", "EngineSpeed", "PLX Engine Speed", "Motor RPM", "(DWRT CPU) Engine RPM"
    };
    private static final String[] MAP = {
        "MAP",
        "Manifold Absolute Pressure",
        "Man Abs Press",
        "IAP",
        "Manifold Pressure",
        "Intake Manifold Pressure",
        "MAP Sensor",
        "(PV) Manifold Absolute Pressure",
        "kPa"
    };
    private static final String[] TORQUE = {
        "Torque", "Engine Torque", "TQ", "Power", "Horsepower", "HP", "(DWRT CPU) Torque", "Wheel Power"
    };
    private static final String[] COMMANDED = {
        "AFR Target",
        "Desired AFR",
        "Target AFR",
        "Set AFR",
        "AFR Cmd F",
        "AFR Cmd R",
        "Comm Fuel Final",
        "Desired Lambda",
        "Lambda Target",
        "Equivalence Ratio Commanded",
        "Front Target AFR",
        "AFR Target 1",
        "AFR Target 2",
        "Air/Fuel Ratio Commanded",
        "Lambda SP"
    };
    private static final String[] MEASURED = {
        "AFR", "AFR1", "AFR2", "AFR Front", "AFR Rear", "Wideband", "WB AFR", "WBO2 AFR Front", "WBO2 AFR Rear",
        "Lambda 1", "Lambda 2", "Lambda", "A/F Sens 1 Ratio", "Zt-2 AFR", "O2 F", "O2 R", "Wideband O2", "WB EQ Ratio",
        "LC1 Volts Petrol AFR", "LC2 Volts Petrol AFR2", "Air Fuel Ratio(Measured)", "AFR Measured Front"
    };
    private static final String[] OTHERS = {
        "Time",
        "Log Time",
        "Offset",
        "SecL",
        "Time (msec)",
        "Elapsed",
        "IAT",
        "MAT",
        "Intake Air Temp",
        "TPS",
        "Throttle Position",
        "Batt V",
        "Battery Voltage",
        "CLT",
        "ECT",
        "Coolant Temp",
        "Engine Temperature",
        "Knock",
        "Knock Front",
        "Knock Retard Rear",
        "Spark Advance",
        "Gear",
        "Baro",
        "Boost",
        "VE1",
        "rpm/s",
        "Notes"
    };
    private static final String[] NEVER = {
        "Error",
        "Target",
        "Voltage",
        "raw",
        "ADC",
        "Fuel",
        "Brake",
        "Limit",
        "Idle",
        "Roller",
        "Max",
        "Trim",
        "Baro",
        "Sensor",
        "Loss",
        "Requested",
        "dot",
        "Status",
        "Fan",
        "Oil",
        "Delta",
        "Count",
        "Learned",
        "Compensation"
    };
    private static final Map<String, String[]> UNITS = units();
    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};

    private final Random random;

    LoggerLogs(long seed) {
        random = new Random(seed);
    }

    private static Map<String, String[]> units() {
        Map<String, String[]> units = new LinkedHashMap<>();
        units.put("(engine)?.*(rpm|speed).*", new String[] {"rpm", "RPM", "1/min"});
        units.put(
                ".*(baro|boost|map|manifold|man abs|iap).*",
                new String[] {"kPa", "bar", "mbar", "psi", "inHg", "mmHg", "kPa abs", "V"});
        units.put(".*(ratio|eq).*", new String[] {"\u03C6", "lambda", "AFR", ":1"});
        units.put(".*(torque|tq).*", new String[] {"ft-lb", "Nm", "N\u00B7m", "lb-ft", "%"});
        units.put(".*(power|hp).*", new String[] {"hp", "kW", "PS"});
        units.put(
                ".*(afr|a/f|air|lambda|wideband|wb|ratio|fuel|o2).*",
                new String[] {"AFR", "lambda", ":1", "\u03BB", "AFR", "%"});
        units.put(".*(iat|mat|temp|clt|ect).*", new String[] {"\u00B0C", "C", "*C", "\u00B0F", "F", "degC"});
        units.put(".*(tps|throttle).*", new String[] {"%", "V", "\u00B0"});
        units.put(".*batt.*", new String[] {"V", "volts"});
        units.put(".*(time|offset|secl|elapsed).*", new String[] {"s", "sec", "ms"});
        return units;
    }

    byte[] log() {
        List<String> headers = headers();
        boolean aligned = random.nextInt(8) == 0;
        String delimiter = aligned ? "   " : List.of(",", ",", "\t", ";").get(random.nextInt(4));
        String lineEnd = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
        boolean sparse = !aligned && random.nextInt(8) == 0;
        List<String> lines = new ArrayList<>(preamble(headers, delimiter));
        lines.add(line(headers, delimiter));
        if (random.nextInt(3) == 0) {
            lines.add(line(
                    headers.stream()
                            .map(this::unitBelow)
                            .map(unit -> unit.isEmpty() && aligned ? "-" : unit)
                            .toList(),
                    delimiter));
        }
        if (aligned && random.nextInt(2) == 0) {
            lines.add(line(headers.stream().map(header -> "----").toList(), delimiter));
        }
        Map<String, Double> scales = new LinkedHashMap<>();
        headers.forEach(header -> scales.put(header, scale(header)));
        int rows = 1 + random.nextInt(60);
        for (int row = 0; row < rows; row++) {
            List<String> cells = new ArrayList<>();
            int filled = random.nextInt(headers.size());
            for (int i = 0; i < headers.size(); i++) {
                boolean clock = isClock(headers.get(i));
                boolean absent = sparse ? !clock && i != filled : random.nextInt(30) == 0;
                String cell = absent ? "" : value(headers.get(i), row, scales.get(headers.get(i)));
                cells.add(
                        aligned && cell.isEmpty()
                                ? "x"
                                : delimiter.equals(";") && random.nextInt(3) > 0 ? cell.replace('.', ',') : cell);
            }
            lines.add(line(cells, delimiter));
            if (random.nextInt(60) == 0) {
                lines.add(random.nextBoolean() ? "" : line(headers, delimiter));
            }
        }
        if (aligned && random.nextBoolean()) {
            lines.add("Max: 90   at 6400   x");
        }
        return encoded(String.join(lineEnd, lines) + (random.nextBoolean() ? lineEnd : ""));
    }

    private byte[] encoded(String text) {
        switch (random.nextInt(10)) {
            case 0:
                return ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
            case 1:
                return ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);
            case 2:
                return ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
            case 3:
                return text.getBytes(Charset.forName("windows-1252"));
            default:
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                return bytes.toByteArray();
        }
    }

    private List<String> preamble(List<String> headers, String delimiter) {
        List<String> lines = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 0;
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(6)) {
                case 0:
                    lines.add("Run 7 of 9");
                    break;
                case 1:
                    lines.add(line(List.of("Max RPM", "Max MAP", "6400"), delimiter));
                    break;
                case 2:
                    lines.add(line(List.of("6400", "96", "90", "14.6"), delimiter));
                    break;
                case 3:
                    lines.add("[Section]");
                    break;
                case 4:
                    lines.add("");
                    break;
                default:
                    lines.add(line(headers.subList(0, Math.max(1, headers.size() / 2)), delimiter));
                    lines.add(line(List.of("1", "2", "3", "4", "5"), delimiter));
                    break;
            }
        }
        return lines;
    }

    private List<String> headers() {
        List<String> headers = new ArrayList<>();
        add(headers, RPM, 11);
        add(headers, MAP, 11);
        add(headers, TORQUE, 6);
        add(headers, COMMANDED, 9);
        add(headers, MEASURED, 11);
        add(headers, COMMANDED, 4);
        add(headers, MEASURED, 6);
        add(headers, MAP, 2);
        add(headers, TORQUE, 2);
        int more = random.nextInt(9);
        for (int i = 0; i < more; i++) {
            add(headers, OTHERS, 12);
        }
        while (headers.size() < 3) {
            headers.add("Notes " + headers.size());
        }
        return headers;
    }

    /** Adds one of the names, in some chances of 12. */
    private void add(List<String> headers, String[] names, int chances) {
        if (random.nextInt(12) < chances) {
            headers.add(random.nextInt(headers.size() + 1), decorated(names[random.nextInt(names.length)]));
        }
    }

    private String decorated(String name) {
        String unit = unit(name);
        switch (random.nextInt(14)) {
            case 0:
                return name.toUpperCase(Locale.ROOT);
            case 1:
                return name.replace(' ', '_');
            case 2:
            case 3:
                return name + " (" + unit + ")";
            case 4:
                return name + " [" + unit + "]";
            case 5:
                return name + "_" + unit;
            case 6:
                return NEVER[random.nextInt(NEVER.length)] + " " + name;
            case 7:
                return name + " " + NEVER[random.nextInt(NEVER.length)];
            case 8:
                return name + " (SAE)";
            case 9:
                return name + "(" + unit + ")";
            default:
                return name;
        }
    }

    private String unit(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String[]> units : UNITS.entrySet()) {
            if (lower.matches(units.getKey())) {
                return units.getValue()[random.nextInt(units.getValue().length)];
            }
        }
        return "bits";
    }

    private String unitBelow(String header) {
        switch (random.nextInt(12)) {
            case 0:
                return "";
            case 1:
                return "g/s";
            case 2:
                return "(" + unit(header) + ")";
            default:
                return unit(header);
        }
    }

    private static boolean isClock(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        return lower.contains("time") || lower.contains("offset") || lower.contains("secl");
    }

    /** What the values of a column are multiplied by, as in the units that loggers use. */
    private double scale(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.contains("rpm") || lower.contains("speed")) {
            return random.nextInt(10) == 0 ? 0.001 : 1;
        }
        if (lower.contains("map") || lower.contains("man") || lower.contains("iap") || lower.contains("kpa")) {
            return new double[] {1, 1, 1, 0.01, 10, 0.145, 0.295}[random.nextInt(7)];
        }
        if (lower.contains("lambda") || lower.contains("ratio")) {
            return random.nextInt(3) == 0 ? 1 : 1 / 14.57;
        }
        if (lower.contains("afr") || lower.contains("wb") || lower.contains("wideband") || lower.contains("fuel")) {
            return random.nextInt(4) == 0 ? 1 / 14.57 : random.nextInt(12) == 0 ? 0 : 1;
        }
        return isClock(header) && random.nextInt(3) == 0 ? 1000 : 1;
    }

    private String value(String header, int row, double scale) {
        String lower = header.toLowerCase(Locale.ROOT);
        double value;
        if (lower.contains("rpm") || lower.contains("speed")) {
            value = 1000 + random.nextInt(6000);
        } else if (isClock(header)) {
            value = row * 0.05;
        } else if (lower.contains("map") || lower.contains("man") || lower.contains("iap") || lower.contains("kpa")) {
            value = 20 + random.nextInt(80);
        } else if (lower.matches(".*(afr|lambda|wb|wideband|fuel|ratio|o2).*")) {
            value = random.nextInt(25) == 0 ? 20 : 9.5 + random.nextDouble() * 8;
        } else {
            value = random.nextInt(1200) / 10.0 - 2;
        }
        return String.format(Locale.ROOT, "%.4f", value * scale);
    }

    private static String line(List<String> cells, String delimiter) {
        return String.join(delimiter, cells);
    }
}
