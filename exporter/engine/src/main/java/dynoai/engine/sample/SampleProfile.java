package dynoai.engine.sample;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a sample log shall look like.
 *
 * @param flavour which program seems to have written it
 * @param seed chooses the engine's fuelling errors, the pulls and the noise
 * @param faults what is wrong with the engine, its sensors or the export
 */
public record SampleProfile(Flavour flavour, long seed, Set<Fault> faults) {

    /** The programs whose exports are imitated. */
    public enum Flavour {
        WINPEP,
        POWER_VISION,
        GENERIC
    }

    /** Things that go wrong on a dyno day. */
    public enum Fault {
        /** The front cylinder runs about 8 % lean. */
        LEAN_FRONT,
        /** The rear cylinder runs about 8 % rich. Shows only where the log has a rear wideband. */
        RICH_REAR,
        /** Knock retard under load in the midrange, the rear more than the front. */
        KNOCK,
        /** Intake air above 120 °F all through. */
        HOT_IAT,
        /** Now and then a cell is empty or a row is cut short. */
        DROPOUTS,
        /** A wideband stuck at its sentinel 5.1: the rear one where there are two, else the only one. */
        DEAD_WIDEBAND,
        /** Manifold pressure in inches of mercury, as the header says. */
        MAP_IN_INHG,
        /** Manifold pressure in inches of mercury under a header that names no such unit. Such a log is refused. */
        MAP_IN_INHG_UNNAMED,
        /** Engine speed in thousands. */
        RPM_IN_THOUSANDS,
        /** Intake air in degrees Celsius, as the header says. */
        CELSIUS,
        /** Headers that name no channel. Such a log is refused. */
        WRONG_HEADER
    }

    public SampleProfile {
        faults = faults.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(faults));
    }

    /** A log without any fault. */
    public static SampleProfile healthy(Flavour flavour, long seed) {
        return new SampleProfile(flavour, seed, Set.of());
    }

    /** This profile with one fault more. */
    public SampleProfile with(Fault fault) {
        EnumSet<Fault> more = EnumSet.of(fault);
        more.addAll(faults);
        return new SampleProfile(flavour, seed, more);
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }
}
