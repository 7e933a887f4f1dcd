package dynoai.ingest.log;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.option.AnalysisOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a log and the channels that they serve, as the reference finds them. */
final class ReferenceColumns {
    final LogFormat format;
    final List<String> headers;
    final List<String> normalised = new ArrayList<>();

    /** Column index by channel. */
    final Map<Channel, Integer> found = new EnumMap<>(Channel.class);

    final List<Integer> frontLambdas = new ArrayList<>();
    final List<Integer> rearLambdas = new ArrayList<>();
    final List<Integer> targetLambdas = new ArrayList<>();

    /** The targets whose headers have a cylinder's word. */
    final Map<Integer, Cylinder> targetCylinders = new HashMap<>();

    /** Units by column, null where none is stated, and the words of the headers. Empty for the replay version. */
    final List<@Nullable String> units = new ArrayList<>();

    final List<List<String>> words = new ArrayList<>();

    /** Whether a column that the options name is not in the log. */
    boolean missing;

    /** Whether the column of the front's measured AFR, or its first lambda, has a cylinder's word. */
    boolean frontIsMarked;

    boolean frontIsLc1;

    ReferenceColumns(LogFormat format, List<String> headers) {
        this.format = format;
        this.headers = headers;
        headers.forEach(header -> normalised.add(
                ReferenceText.trim(header).toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    static LogFormat format(String headerLine) {
        String line = headerLine.toLowerCase(Locale.ROOT).replace('\t', ',').replace(';', ',');
        int powervision = points(line, "(harley - ecu", "(pv) engine speed", "(dwr cpu) torque", "(pv) wbo2 afr front");
        int generic = points(line, "engspeed (rpm)", "afr measured", "time (s)", "throttle (%)");
        int winpep = points(line, "timestamp", "rpm", "map", "kpa", "afr cmd", "afr meas", "knock");
        if (powervision + generic + winpep == 0) {
            return LogFormat.UNKNOWN;
        }
        if (powervision >= generic && powervision >= winpep) {
            return LogFormat.POWERVISION;
        }
        return generic >= winpep ? LogFormat.GENERIC : LogFormat.WINPEP;
    }

    static boolean isReadAsWinpep(LogFormat format) {
        return format == LogFormat.WINPEP || format == LogFormat.UNKNOWN;
    }

    private static int points(String line, String... markers) {
        int points = 0;
        for (String marker : markers) {
            if (line.contains(marker)) {
                points++;
            }
        }
        return points;
    }

    boolean has(Channel channel) {
        return found.containsKey(channel);
    }

    /** The header of a channel's column; empty if it has none. */
    String header(Channel channel) {
        return has(channel) ? headers.get(found.get(channel)) : "";
    }

    @Nullable
    String unit(Channel channel) {
        return has(channel) && !units.isEmpty() ? units.get(found.get(channel)) : null;
    }

    /** Returns the targets of a cylinder: those without a word of the other one. */
    List<Integer> targets(Cylinder cylinder) {
        return targetLambdas.stream()
                .filter(column -> targetCylinders.getOrDefault(column, cylinder) == cylinder)
                .toList();
    }

    /** Whether a column of its own serves the rear, which is neither the front's nor a lambda. */
    boolean hasRearAfr() {
        Integer rear = found.get(Channel.MEASURED_AFR_REAR);
        return rear != null && !rear.equals(found.get(Channel.MEASURED_AFR_FRONT)) && !rearLambdas.contains(rear);
    }

    /** Whether the rear takes the front's value or lambdas; where a wideband called LC1 serves the front, it does not. */
    boolean rearTakesFront() {
        return !frontIsLc1 && (!isReadAsWinpep(format) || !frontIsMarked);
    }

    /** Whether a cylinder has a commanded and a measured AFR from any column, lambda or table. */
    boolean canHaveAfr(Channel commanded, Channel measured, AnalysisOptions options) {
        boolean replay = options.mathVersion().isReplay();
        Cylinder cylinder = commanded == Channel.COMMANDED_AFR_FRONT ? Cylinder.FRONT : Cylinder.REAR;
        boolean hasCommanded = has(commanded) || !targets(cylinder).isEmpty() || options.fillsAfrTargets();
        boolean hasMeasured = has(measured);
        if (measured == Channel.MEASURED_AFR_FRONT) {
            hasMeasured |= !frontLambdas.isEmpty();
        } else if (replay) {
            hasMeasured |= !frontLambdas.isEmpty() || !isReadAsWinpep(format) && has(Channel.MEASURED_AFR_FRONT);
        } else {
            hasMeasured |= !rearLambdas.isEmpty();
            if (rearTakesFront()) {
                hasMeasured |= !frontLambdas.isEmpty() || has(Channel.MEASURED_AFR_FRONT);
            }
        }
        return hasCommanded && hasMeasured;
    }
}
