package dynoai.engine.sample;

import dynoai.engine.sample.SampleProfile.Fault;

/** The header and row layout of a log format. */
abstract class RowLayout {
    private final SampleProfile profile;
    private final boolean inHg;
    private final boolean thousands;
    private final boolean celsius;

    private RowLayout(SampleProfile profile) {
        this.profile = profile;
        inHg = profile.has(Fault.MAP_IN_INHG) || profile.has(Fault.MAP_IN_INHG_UNNAMED);
        thousands = profile.has(Fault.RPM_IN_THOUSANDS);
        celsius = profile.has(Fault.CELSIUS);
    }

    static RowLayout of(SampleProfile profile) {
        return switch (profile.flavour()) {
            case WINPEP -> new Winpep(profile);
            case POWER_VISION -> new PowerVision(profile);
            case GENERIC -> new Generic(profile);
        };
    }

    final void header(CellWriter cells) {
        String line = headerLine(profile.has(Fault.MAP_IN_INHG), celsius);
        if (profile.has(Fault.WRONG_HEADER)) {
            StringBuilder channels = new StringBuilder("Channel 1");
            for (int i = 2; i <= line.split(",").length; i++) {
                channels.append(",Channel ").append(i);
            }
            line = channels.toString();
        }
        cells.header(line);
    }

    abstract String headerLine(boolean inHg, boolean celsius);

    abstract void row(CellWriter cells, DynoSession session);

    final void rpm(CellWriter cells, DynoSession session, int decimals) {
        if (thousands) {
            cells.number(session.rpmTenths, 4);
        } else {
            cells.number(decimals == 0 ? session.rpmTenths / 10 : session.rpmTenths, decimals);
        }
    }

    final void pressure(CellWriter cells, DynoSession session, int decimals) {
        if (inHg) {
            cells.number(session.centiKpa * 1_000_000L / 338_639, 3);
        } else {
            cells.number(decimals == 1 ? (session.centiKpa + 5) / 10 : session.centiKpa, decimals);
        }
    }

    final void intakeAir(CellWriter cells, DynoSession session) {
        cells.number(celsius ? (session.tenthsFahrenheit - 320) * 5 / 9 : session.tenthsFahrenheit, 1);
    }

    private static final class Winpep extends RowLayout {
        Winpep(SampleProfile profile) {
            super(profile);
        }

        @Override
        String headerLine(boolean inHg, boolean celsius) {
            return "Timestamp,RPM," + (inHg ? "MAP_inHg" : "MAP_kPa")
                    + ",Torque,HP,AFR_Cmd_F,AFR_Meas_F,AFR_Cmd_R,AFR_Meas_R,Knock_Ret_F,Knock_Ret_R,"
                    + (celsius ? "IAT_degC" : "IAT") + ",TPS,VBatt";
        }

        @Override
        void row(CellWriter cells, DynoSession session) {
            cells.number(session.timeMillis, 3);
            rpm(cells, session, 1);
            pressure(cells, session, 2);
            cells.number(session.centiFtLb, 2);
            cells.number(session.centiHp, 2);
            cells.number(session.commandedCentiAfr, 2);
            cells.number(session.frontMilliAfr, 3);
            cells.number(session.commandedCentiAfr, 2);
            cells.number(session.rearMilliAfr, 3);
            cells.number(session.frontKnockCentiDeg, 2);
            cells.number(session.rearKnockCentiDeg, 2);
            intakeAir(cells, session);
            cells.number(session.tenthsThrottle, 1);
            cells.number(session.centiVolts, 2);
        }
    }

    private static final class PowerVision extends RowLayout {
        PowerVision(SampleProfile profile) {
            super(profile);
        }

        @Override
        String headerLine(boolean inHg, boolean celsius) {
            return "Time (s),(PV) Engine Speed,(PV) Manifold Absolute Pressure" + (inHg ? " (inHg)" : "")
                    + ",(DWR CPU) Torque,(DWR CPU) Power,(PV) WBO2 AFR Front,(PV) WBO2 AFR Rear,(PV) Desired Air/Fuel,"
                    + "(PV) Intake Air Temperature" + (celsius ? " (°C)" : "")
                    + ",(PV) Throttle Position,(PV) Front Spark Knock Retard,(PV) Rear Spark Knock Retard,"
                    + "(PV) Battery Voltage";
        }

        @Override
        void row(CellWriter cells, DynoSession session) {
            cells.number(session.timeMillis, 3);
            rpm(cells, session, 0);
            pressure(cells, session, 1);
            cells.number(session.centiFtLb / 10, 1);
            cells.number(session.centiHp / 10, 1);
            cells.number(session.frontMilliAfr / 10, 2);
            cells.number(session.rearMilliAfr / 10, 2);
            cells.number(session.commandedCentiAfr / 10, 1);
            intakeAir(cells, session);
            cells.number(session.tenthsThrottle, 1);
            cells.number(session.frontKnockCentiDeg, 2);
            cells.number(session.rearKnockCentiDeg, 2);
            cells.number(session.centiVolts / 10, 1);
        }
    }

    private static final class Generic extends RowLayout {
        Generic(SampleProfile profile) {
            super(profile);
        }

        @Override
        String headerLine(boolean inHg, boolean celsius) {
            return "Time (s),EngSpeed (RPM),Manifold Absolute Pressure" + (inHg ? " (inHg)" : "")
                    + ",Torque,Horsepower,AFR Measured,AFR Commanded,Throttle (%),"
                    + (celsius ? "IAT (°C)" : "IAT (°F)")
                    + ",Knock Retard Front,Knock Retard Rear,Battery (V)";
        }

        @Override
        void row(CellWriter cells, DynoSession session) {
            cells.number(session.timeMillis / 10, 2);
            rpm(cells, session, 0);
            pressure(cells, session, 1);
            cells.number(session.centiFtLb, 2);
            cells.number(session.centiHp, 2);
            cells.number(session.frontMilliAfr / 10, 2);
            cells.number(session.commandedCentiAfr, 2);
            cells.number(session.tenthsThrottle, 1);
            intakeAir(cells, session);
            cells.number(session.frontKnockCentiDeg, 2);
            cells.number(session.rearKnockCentiDeg, 2);
            cells.number(session.centiVolts, 2);
        }
    }
}
