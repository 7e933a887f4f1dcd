package dynoai.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small logs for the command line to read. */
public final class Logs {
    private Logs() {}

    /** A pull through the whole grid. */
    public static Path pull(Path file) throws IOException {
        StringBuilder text =
                new StringBuilder("Timestamp,RPM,MAP_kPa,Torque,AFR Cmd F,AFR Cmd R,AFR Meas F,AFR Meas R,IAT\n");
        for (int i = 0; i < 2000; i++) {
            text.append(i)
                    .append(',')
                    .append(1500 + i * 5 / 2)
                    .append(',')
                    .append(35 + i % 61)
                    .append(",80,13.0,13.0,13.")
                    .append(i % 7)
                    .append(",13.2,90\n");
        }
        return Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A log whose MAP column must be inches of mercury, though nothing says so. */
    public static Path suspect(Path file) throws IOException {
        return Files.writeString(file, "RPM,MAP,Torque\n" + "3000,28.5,80\n".repeat(50));
    }

    public static Path withoutMap(Path file) throws IOException {
        return Files.writeString(file, "RPM,Torque\n3000,80\n");
    }
}
