package dynoai.engine.sample;

import dynoai.engine.sample.SampleProfile.Fault;

/**
 * Simulates a V-twin on a dyno at 50 rows per second: pulls at different throttle openings, each followed by a coast with the
 * throttle closed. After {@link #advance} the fields hold one row; their names have the unit.
 */
final class DynoSession {
    private static final int ROW_MILLIS = 20;
    private static final int SENTINEL_MILLI_AFR = 5100;
    private static final int IDLE_RPM = 1000;

    /** Throttle openings of the pulls, in tenths of a percent. */
    private static final int[] OPENINGS = {240, 650, 80, 1000, 40, 400, 140, 20};

    /** Full-load torque in hundredths of a foot-pound, from 1000 rpm in steps of 500. */
    private static final Curve FULL_TORQUE =
            new Curve(1000, 500, 6300, 7000, 7700, 8350, 8900, 9350, 9600, 9500, 9200, 8700, 8000, 7100, 6100);

    /** Manifold pressure in hundredths of a kPa over air demand per throttle area. */
    private static final Curve PRESSURE =
            new Curve(0, 500, 10130, 9700, 8600, 7200, 5800, 4800, 4100, 3650, 3300, 3000, 2800, 2650, 2500, 2400);

    private final SeededNoise noise;
    private final FuellingError frontError;
    private final FuellingError rearError;
    private final boolean knocks;
    private final boolean dropsOut;
    private final boolean rearDead;
    private final boolean onlyDead;
    private final int coolTenthsFahrenheit;

    private int pull = -1;
    private int rowsLeft;
    private boolean coasting = true;
    private int rpmHundredths;
    private int rpmStepHundredths;
    private int openingTenths;
    private int heat;

    long timeMillis = -ROW_MILLIS;
    int rpmTenths;
    int centiKpa;
    int centiFtLb;
    int centiHp;
    int commandedCentiAfr;
    int frontMilliAfr;
    int rearMilliAfr;
    int frontKnockCentiDeg;
    int rearKnockCentiDeg;
    int tenthsFahrenheit;
    int tenthsThrottle;
    int centiVolts;

    /** Index of the empty cell of this row, or -1. */
    int droppedCell = -1;

    /** Number of cells of this row, or -1 for all. */
    int cutAfterCell = -1;

    DynoSession(SampleProfile profile) {
        noise = new SeededNoise(profile.seed());
        frontError = new FuellingError(noise, profile.has(Fault.LEAN_FRONT) ? 800 : 0);
        rearError = new FuellingError(noise, profile.has(Fault.RICH_REAR) ? -800 : 0);
        knocks = profile.has(Fault.KNOCK);
        dropsOut = profile.has(Fault.DROPOUTS);
        rearDead = profile.has(Fault.DEAD_WIDEBAND);
        onlyDead = rearDead && profile.flavour() == SampleProfile.Flavour.GENERIC;
        coolTenthsFahrenheit = noise.between(760, 860) + (profile.has(Fault.HOT_IAT) ? 480 : 0);
    }

    /** Computes the next row. */
    void advance() {
        if (rowsLeft-- == 0) {
            nextPhase();
        }
        long bits = noise.bits();
        long more = noise.bits();
        timeMillis += ROW_MILLIS;
        rpmHundredths = Math.max(IDLE_RPM * 100, rpmHundredths + rpmStepHundredths + SeededNoise.bell(bits, 0));
        rpmTenths = rpmHundredths / 10;
        int rpm = rpmTenths / 10;
        tenthsThrottle = Math.max(0, Math.min(1000, openingTenths + SeededNoise.bell(bits, 14) / 40));
        centiKpa = PRESSURE.at(rpm * 100 / (tenthsThrottle + 30)) + SeededNoise.bell(bits, 28) / 4;
        heat += ((coasting ? 0 : centiKpa * 3) - heat) / 512;
        tenthsFahrenheit = coolTenthsFahrenheit + heat / 400 + SeededNoise.bell(bits, 42) / 30;
        centiVolts = 1360 + rpm / 150 + SeededNoise.bell(more, 0) / 16;
        load(rpm, more);
        fuel(rpm, more);
        knock(rpm, more);
        drop(more);
    }

    private void nextPhase() {
        coasting = !coasting;
        if (coasting) {
            rowsLeft = noise.between(30, 70);
            rpmStepHundredths = (IDLE_RPM * 100 + 40_000 - rpmHundredths) / (rowsLeft + 1);
            openingTenths = 0;
        } else {
            pull++;
            rowsLeft = noise.between(240, 620);
            rpmHundredths = noise.between(130_000, 150_000);
            rpmStepHundredths = (noise.between(630_000, 675_000) - rpmHundredths) / rowsLeft;
            int opening = OPENINGS[pull % OPENINGS.length];
            openingTenths = opening - opening * noise.below(16) / 100;
        }
    }

    private void load(int rpm, long bits) {
        int full = FULL_TORQUE.at(rpm);
        int share = Math.max(0, centiKpa - 1800);
        int torque = coasting ? -rpm / 8 : full * share / 8200;
        centiFtLb = torque + torque * SeededNoise.bell(bits, 14) / 3200;
        centiHp = roundedRatio((long) centiFtLb * rpmTenths, 52_520);
    }

    private void fuel(int rpm, long bits) {
        commandedCentiAfr = centiKpa < 5000 ? 1470 : centiKpa < 7000 ? 1380 : centiKpa <= 8500 ? 1320 : 1220;
        if (coasting) {
            frontMilliAfr = 20_000 + SeededNoise.bell(bits, 28) * 4;
            rearMilliAfr = 20_000 + SeededNoise.bell(bits, 42) * 4;
        } else {
            frontMilliAfr = measured(frontError.at(rpm, centiKpa) + SeededNoise.bell(bits, 28));
            rearMilliAfr = measured(rearError.at(rpm, centiKpa) + SeededNoise.bell(bits, 42));
        }
        if (onlyDead) {
            frontMilliAfr = SENTINEL_MILLI_AFR;
        }
        if (rearDead) {
            rearMilliAfr = SENTINEL_MILLI_AFR;
        }
    }

    private int measured(int errorHundredthsPercent) {
        return commandedCentiAfr * (10_000 + errorHundredthsPercent) / 1000;
    }

    private void knock(int rpm, long bits) {
        frontKnockCentiDeg = Math.max(0, frontKnockCentiDeg - 25);
        rearKnockCentiDeg = Math.max(0, rearKnockCentiDeg - 25);
        if (knocks && !coasting && centiKpa > 7500 && rpm > 2700 && rpm < 4200) {
            int strike = (int) (bits >>> 56);
            if (strike < 8) {
                rearKnockCentiDeg = 150 + strike * 50;
            }
            if (strike < 4) {
                frontKnockCentiDeg = 100 + strike * 50;
            }
        }
    }

    private void drop(long bits) {
        if (dropsOut) {
            int chance = (int) (bits >>> 54 & 1023);
            droppedCell = chance < 12 ? chance + 1 : -1;
            cutAfterCell = chance == 1023 ? 3 : -1;
        }
    }

    private static int roundedRatio(long dividend, int divisor) {
        return (int) Math.floorDiv(dividend + divisor / 2, (long) divisor);
    }
}
