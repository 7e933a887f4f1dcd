package dynoai.exporter.diagnose;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription;
import java.util.ArrayList;
import java.util.List;

/** Names of channels and of their sources for reports. */
public final class ChannelNames {
    private ChannelNames() {}

    public static String title(Channel channel) {
        switch (channel) {
            case TIME_SECONDS:
                return "time";
            case RPM:
                return "engine speed";
            case MAP_KPA:
                return "manifold pressure";
            case TORQUE_FTLB:
                return "torque";
            case POWER_HP:
                return "power";
            case COMMANDED_AFR_FRONT:
                return "commanded AFR, front";
            case COMMANDED_AFR_REAR:
                return "commanded AFR, rear";
            case MEASURED_AFR_FRONT:
                return "measured AFR, front";
            case MEASURED_AFR_REAR:
                return "measured AFR, rear";
            case KNOCK_RETARD_FRONT_DEG:
                return "knock retard, front";
            case KNOCK_RETARD_REAR_DEG:
                return "knock retard, rear";
            case IAT_FAHRENHEIT:
                return "intake air temperature";
            case BATTERY_VOLTS:
                return "battery voltage";
            case COOLANT_FAHRENHEIT:
                return "coolant temperature";
            default:
                return "throttle";
        }
    }

    /** Returns the channels that reports list: all but a coolant temperature that the run does not use. */
    public static List<Channel> listed(LogDescription description) {
        List<Channel> listed = new ArrayList<>(List.of(Channel.values()));
        if (description.sources().stream().noneMatch(source -> source.channel() == Channel.COOLANT_FAHRENHEIT)) {
            listed.remove(Channel.COOLANT_FAHRENHEIT);
        }
        return listed;
    }

    /** Returns for each channel with a column the other columns that would have done, in words; those of other channels are not listed. */
    public static List<String> passedOver(LogDescription description) {
        List<String> lines = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            List<String> others = description.passedOver().stream()
                    .filter(column -> column.channel() == channel)
                    .map(column -> '"' + column.header().strip() + '"')
                    .toList();
            description.sources().stream()
                    .filter(source ->
                            source.channel() == channel && !source.header().isEmpty() && !others.isEmpty())
                    .findFirst()
                    .ifPresent(source -> lines.add(title(channel) + ": \""
                            + source.header().strip() + "\" in place of " + String.join(", ", others)));
        }
        return lines;
    }

    /** Returns for example {@code column "AFR Meas F", then lambda "Lambda 1"}, or {@code no column}. */
    public static String sources(LogDescription description, Channel channel) {
        List<String> sources = new ArrayList<>();
        for (LogDescription.Source source : description.sources()) {
            if (source.channel() == channel) {
                sources.add(source.header().isEmpty() ? source.role() : source.role() + " \"" + source.header() + '"');
            }
        }
        return sources.isEmpty() ? "no column" : String.join(", then ", sources);
    }
}
