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
    COMMANDED_AFR_FRONT("cmd_front", Cylinder.FRONT),
    COMMANDED_AFR_REAR("cmd_rear", Cylinder.REAR),
    MEASURED_AFR_FRONT("meas_front", Cylinder.FRONT),
    MEASURED_AFR_REAR("meas_rear", Cylinder.REAR),
    KNOCK_RETARD_FRONT_DEG("knock_front", Cylinder.FRONT),
    KNOCK_RETARD_REAR_DEG("knock_rear", Cylinder.REAR),
    IAT_FAHRENHEIT("iat"),
    BATTERY_VOLTS("battery"),
    THROTTLE_PERCENT("tps"),
    COOLANT_FAHRENHEIT("coolant");

    private static final Channel[] ALL = values();
    public static final int COUNT = ALL.length;

    private final String key;
    private final @Nullable Cylinder cylinder;

    Channel(String key) {
        this(key, null);
    }

    Channel(String key, @Nullable Cylinder cylinder) {
        this.key = key;
        this.cylinder = cylinder;
    }

    /** The name in manifests and on the run log. */
    public String key() {
        return key;
    }

    /** Returns the cylinder that the channel belongs to; null if it belongs to the engine. */
    public @Nullable Cylinder cylinder() {
        return cylinder;
    }

    /** Whether the channel is a cylinder's commanded or measured AFR. */
    public boolean isAfr() {
        return isCommandedAfr() || this == MEASURED_AFR_FRONT || this == MEASURED_AFR_REAR;
    }

    public boolean isCommandedAfr() {
        return this == COMMANDED_AFR_FRONT || this == COMMANDED_AFR_REAR;
    }

    /** Returns the same quantity of a cylinder; this channel if it belongs to the engine. */
    public Channel of(Cylinder wanted) {
        return switch (this) {
            case COMMANDED_AFR_FRONT, COMMANDED_AFR_REAR -> commandedAfr(wanted);
            case MEASURED_AFR_FRONT, MEASURED_AFR_REAR -> measuredAfr(wanted);
            case KNOCK_RETARD_FRONT_DEG, KNOCK_RETARD_REAR_DEG -> knockRetard(wanted);
            default -> this;
        };
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
