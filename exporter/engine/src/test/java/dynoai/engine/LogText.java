package dynoai.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds small WinPEP logs row by row. */
final class LogText {
    private static final String HEADER =
            "Timestamp,RPM,MAP_kPa,Torque,HP,AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R,Knock F,Knock R,IAT,VBatt,TPS\n";

    private final StringBuilder text = new StringBuilder(HEADER);
    private int row;

    /** Adds equal rows of both cylinders to one cell. */
    LogText rows(int count, int rpm, int kpa, double commandedAfr, double measuredAfr) {
        for (int i = 0; i < count; i++) {
            text.append(row++ * 20 / 1000.0)
                    .append(",")
                    .append(rpm)
                    .append(",")
                    .append(kpa)
                    .append(",80,60,")
                    .append(commandedAfr)
                    .append(",")
                    .append(commandedAfr)
                    .append(",")
                    .append(measuredAfr)
                    .append(",")
                    .append(measuredAfr)
                    .append(",0,0,90,14.1,50\n");
        }
        return this;
    }

    /** Adds a pull through the whole grid, leaner at higher engine speed. */
    static LogText pull(int rows) {
        LogText log = new LogText();
        for (int i = 0; i < rows; i++) {
            log.rows(1, 1500 + i * 5000 / rows, 35 + i % 61, 13.0, 13.0 + i % 7 * 0.1);
        }
        return log;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    Path in(Path folder, String name) throws IOException {
        return Files.write(folder.resolve(name), bytes());
    }
}
