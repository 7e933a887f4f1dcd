package dynoai.engine.sample;

import dynoai.engine.sample.SampleProfile.Fault;

/** The header and row layout of a log format. */
final class RowLayout {
    private final SampleProfile profile;
    private final boolean inHg;
    private final boolean thousands;
    private final boolean celsius;

    RowLayout(SampleProfile profile) {
        this.profile = profile;
        inHg = profile.has(Fault.MAP_IN_INHG) || profile.has(Fault.MAP_IN_INHG_UNNAMED);
        thousands = profile.has(Fault.RPM_IN_THOUSANDS);
        celsius = profile.has(Fault.CELSIUS);
    }

    void header(CellWriter cells) {
        String line = headerLine(profile.has(Fault.MAP_IN_INHG));
        if (profile.has(Fault.WRONG_HEADER)) {
            StringBuilder channels = new StringBuilder("Channel 1");
            for (int i = 2; i <= line.split(",").length; i++) {
                channels.append(",Channel ").append(i);
            }
            line = channels.toString();
        }
        cells.header(line);
    }

    private String headerLine(boolean namesInHg) {
        return switch (profile.flavour()) {
            case WINPEP ->
                "Timestamp,RPM," + (namesInHg ? "MAP_inHg" : "MAP_kPa")
                        + ",Torque,HP,AFR_Cmd_F,AFR_Meas_F,AFR_Cmd_R,AFR_Meas_R,Knock_Ret_F,Knock_Ret_R,"
                        + (celsius ? "IAT_degC" : "IAT") + ",TPS,VBatt";
            case POWER_VISION ->
                "Time (s),(PV) Engine Speed,(PV) Manifold Absolute Pressure" + (namesInHg ? " (inHg)" : "")
                        + ",(DWR CPU) Torque,(DWR CPU) Power,(PV) WBO2 AFR Front,(PV) WBO2 AFR Rear,(PV) Desired Air/Fuel,"
                        + "(PV) Intake Air Temperature" + (celsius ? " (°C)" : "")
                        + ",(PV) Throttle Position,(PV) Front Spark Knock Retard,(PV) Rear Spark Knock Retard,"
                        + "(PV) Battery Voltage";
            case GENERIC ->
                "Time (s),EngSpeed (RPM),Manifold Absolute Pressure" + (namesInHg ? " (inHg)" : "")
                        + ",Torque,Horsepower,AFR Measured,AFR Commanded,Throttle (%),"
                        + (celsius ? "IAT (°C)" : "IAT (°F)")
                        + ",Knock Retard Front,Knock Retard Rear,Battery (V)";
        };
    }

    void row(CellWriter cells, DynoSession session) {
        switch (profile.flavour()) {
            case WINPEP -> winpep(cells, session);
            case POWER_VISION -> powerVision(cells, session);
            case GENERIC -> generic(cells, session);
        }
    }

    private void winpep(CellWriter cells, DynoSession session) {
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

    private void powerVision(CellWriter cells, DynoSession session) {
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

    private void generic(CellWriter cells, DynoSession session) {
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

    private void rpm(CellWriter cells, DynoSession session, int decimals) {
        if (thousands) {
            cells.number(session.rpmTenths, 4);
        } else {
            cells.number(decimals == 0 ? session.rpmTenths / 10 : session.rpmTenths, decimals);
        }
    }

    private void pressure(CellWriter cells, DynoSession session, int decimals) {
        if (inHg) {
            cells.number(session.centiKpa * 1_000_000L / 338_639, 3);
        } else {
            cells.number(decimals == 1 ? (session.centiKpa + 5) / 10 : session.centiKpa, decimals);
        }
    }

    private void intakeAir(CellWriter cells, DynoSession session) {
        cells.number(celsius ? (session.tenthsFahrenheit - 320) * 5 / 9 : session.tenthsFahrenheit, 1);
    }
}
