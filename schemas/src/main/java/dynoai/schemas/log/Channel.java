package dynoai.schemas.log;

import dynoai.schemas.grid.Cylinder;
import org.jspecify.annotations.Nullable;

/** A measured quantity of a log after unit conversion. The unit is in the name. */
public enum Channel {
    /** Seconds on the log's clock, which may run backwards. */
    TIME_SECONDS("time"),
    RPM("rpm"),
    MAP_KPA("kpa"),
    TORQUE_FTLB("torque"),
    POWER_HP("hp"),
    COMMANDED_AFR_FRONT("cmd_front"),
    COMMANDED_AFR_REAR("cmd_rear"),
    MEASURED_AFR_FRONT("meas_front"),
    MEASURED_AFR_REAR("meas_rear"),
    KNOCK_RETARD_FRONT_DEG("knock_front"),
    KNOCK_RETARD_REAR_DEG("knock_rear"),
    IAT_FAHRENHEIT("iat"),
    BATTERY_VOLTS("battery"),
    THROTTLE_PERCENT("tps"),
    COOLANT_FAHRENHEIT("coolant");

    private static final Channel[] ALL = values();
    public static final int COUNT = ALL.length;

    private final String key;

    Channel(String key) {
        this.key = key;
    }

    /** The name in manifests and on the run log. */
    public String key() {
        return key;
    }

    public static Channel of(int ordinal) {
        return ALL[ordinal];
    }

    /** Returns the channel of a key, or null. */
    public static @Nullable Channel ofKey(String key) {
        for (Channel channel : ALL) {
            if (channel.key.equals(key)) {
                return channel;
            }
        }
        return null;
    }

    public static Channel commandedAfr(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? COMMANDED_AFR_FRONT : COMMANDED_AFR_REAR;
    }

    public static Channel measuredAfr(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? MEASURED_AFR_FRONT : MEASURED_AFR_REAR;
    }

    public static Channel knockRetard(Cylinder cylinder) {
        return cylinder == Cylinder.FRONT ? KNOCK_RETARD_FRONT_DEG : KNOCK_RETARD_REAR_DEG;
    }
}
