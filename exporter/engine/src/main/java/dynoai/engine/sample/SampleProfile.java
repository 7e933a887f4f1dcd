package dynoai.engine.sample;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The properties of a sample log.
 *
 * @param flavour format of the log
 * @param seed seed of the fuelling errors, the pulls and the noise
 * @param faults faults of the engine, its sensors or the export
 */
public record SampleProfile(Flavour flavour, long seed, Set<Fault> faults) {

    /** The log formats. */
    public enum Flavour {
        WINPEP,
        POWER_VISION,
        GENERIC
    }

    /** Typical faults of a dyno session. */
    public enum Fault {
        /** The front cylinder runs about 8 % lean. */
        LEAN_FRONT,
        /** The rear cylinder runs about 8 % rich. Visible only in logs with a rear wideband. */
        RICH_REAR,
        /** Knock retard under load in the midrange, the rear more than the front. */
        KNOCK,
        /** Intake air above 120 °F throughout. */
        HOT_IAT,
        /** Some cells are empty and some rows are truncated. */
        DROPOUTS,
        /** A wideband stuck at its sentinel 5.1: the rear one where there are two, else the only one. */
        DEAD_WIDEBAND,
        /** Manifold pressure in inches of mercury, as the header says. */
        MAP_IN_INHG,
        /** Manifold pressure in inches of mercury under a header without that unit. The log is rejected. */
        MAP_IN_INHG_UNNAMED,
        /** Engine speed in thousands. */
        RPM_IN_THOUSANDS,
        /** Intake air in degrees Celsius, as the header says. */
        CELSIUS,
        /** Headers that name no channel. The log is rejected. */
        WRONG_HEADER
    }

    public SampleProfile {
        faults = faults.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(faults));
    }

    /** Returns a profile without faults. */
    public static SampleProfile healthy(Flavour flavour, long seed) {
        return new SampleProfile(flavour, seed, Set.of());
    }

    /** Returns this profile with another fault. */
    public SampleProfile with(Fault fault) {
        EnumSet<Fault> more = EnumSet.of(fault);
        more.addAll(faults);
        return new SampleProfile(flavour, seed, more);
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }
}
