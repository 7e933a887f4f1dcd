package dynoai.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers that the READMEs of the golden cases derive, so that rewriting the expectations cannot hide a change. */
class GoldenNumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            one-lean-cell/2.0.0            | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '+5.00
            one-lean-cell/1.0.0            | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '+4.55
            one-lean-cell/toolkit-1.2      | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '-4.76
            one-lean-cell/1.0.0            | AFR_Error_Map_Rear.csv            | 3000 | 80 | '-4.76
            one-lean-cell/2.0.0            | Coverage_Front.csv                | 3000 | 80 | 12
            one-lean-cell/2.0.0            | Coverage_Front.csv                | 3000 | 65 | 0
            one-lean-cell/2.0.0            | Torque_Map_Combined.csv           | 3000 | 80 | 80.0
            one-lean-cell/2.0.0            | HP_Map_Front.csv                  | 3000 | 80 | 60.0
            one-lean-cell/2.0.0            | Spark_Adjust_Suggestion_Rear.csv  | 3500 | 95 | '-2.00
            one-lean-cell/2.0.0            | Spark_Adjust_Suggestion_Front.csv | 3500 | 95 | '+0.00
            neighbours-smoothed/2.0.0      | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '+0.50
            neighbours-smoothed/2.0.0      | VE_Correction_Delta_DYNO.csv      | 3500 | 80 | '+0.48
            neighbours-smoothed/2.0.0      | VE_Correction_Delta_DYNO.csv      | 5000 | 50 | '+3.69
            neighbours-smoothed/2.0.0      | VE_Correction_Delta_DYNO.csv      | 5000 | 65 | '+0.78
            clamp-hit/2.0.0                | VE_Correction_Delta_DYNO.csv      | 5000 | 50 | '+7.00
            clamp-hit/2.0.0                | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '+1.00
            clamp-hit/2.0.0                | VE_Correction_Delta_Front.csv     | 3000 | 80 | '+7.00
            clamp-hit/2.0.0                | VE_Correction_Delta_Rear.csv      | 3000 | 80 | '-7.00
            rear-bias/2.0.0                | VE_Correction_Delta_Front.csv     | 3000 | 80 | '+5.00
            rear-bias/2.0.0                | VE_Correction_Delta_Rear.csv      | 3000 | 80 | '+7.00
            rear-bias/2.0.0                | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '+6.00
            rear-bias/2.0.0                | VE_Correction_Delta_DYNO.csv      | 4500 | 80 | '+5.00
            rear-bias/2.0.0                | AFR_Error_Map_Rear.csv            | 3000 | 80 | '-4.76
            rear-bias/toolkit-1.2          | AFR_Error_Map_Rear.csv            | 3000 | 80 | '-2.76
            rear-bias/toolkit-1.2          | VE_Correction_Delta_Rear.csv      | 3000 | 80 | '-4.76
            knock-and-heat/2.0.0           | Spark_Adjust_Suggestion_Front.csv | 4000 | 95 | '-2.50
            knock-and-heat/2.0.0           | Spark_Adjust_Suggestion_Rear.csv  | 3000 | 80 | '-2.50
            knock-and-heat/2.0.0           | Spark_Adjust_Suggestion_Front.csv | 3000 | 80 | '+0.00
            knock-and-heat/2.0.0           | Spark_Adjust_Suggestion_Rear.csv  | 3500 | 95 | '-3.00
            knock-and-heat/2.0.0           | Spark_Adjust_Suggestion_Front.csv | 2000 | 50 | '-1.00
            knock-and-heat/toolkit-1.2     | Spark_Adjust_Suggestion_Front.csv | 2000 | 50 | '+0.00
            knock-and-heat/2.0.0           | Coverage_Front.csv                | 2000 | 50 | 0
            no-afr/2.0.0                   | Coverage_Front.csv                | 3000 | 80 | 7
            no-afr/2.0.0                   | Coverage_Rear.csv                 | 5000 | 95 | 0
            no-afr/toolkit-1.2             | Coverage_Front.csv                | 3000 | 80 | 0
            no-afr/2.0.0                   | Spark_Adjust_Suggestion_Rear.csv  | 3000 | 80 | '-2.00
            lambda-stand-in/2.0.0          | VE_Correction_Delta_Front.csv     | 3000 | 80 | '+5.00
            lambda-stand-in/2.0.0          | VE_Correction_Delta_Rear.csv      | 3000 | 80 | '+5.00
            lambda-stand-in/2.0.0          | AFR_Error_Map_Front.csv           | 3000 | 80 | '-4.76
            thousands-inches-celsius/2.0.0 | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '+5.00
            thousands-inches-celsius/2.0.0 | Torque_Map_Front.csv              | 3000 | 80 | 80.0
            thousands-inches-celsius/2.0.0 | HP_Map_Rear.csv                   | 3000 | 80 | 45.7
            thousands-inches-celsius/2.0.0 | Spark_Adjust_Suggestion_Front.csv | 3000 | 80 | '-2.50
            thousands-inches-celsius/2.0.0 | Spark_Adjust_Suggestion_Rear.csv  | 3000 | 80 | '-3.00
            decimal-comma/2.0.0            | Coverage_Front.csv                | 3000 | 80 | 11
            decimal-comma/2.0.0            | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '+5.00
            decimal-comma/2.0.0            | Torque_Map_Front.csv              | 3000 | 80 | 80.2
            decimal-comma/toolkit-1.2      | Coverage_Front.csv                | 3000 | 80 | 1
            quotes-and-blank-lines/2.0.0   | Coverage_Front.csv                | 3000 | 80 | 5
            quotes-and-blank-lines/2.0.0   | Coverage_Rear.csv                 | 3000 | 80 | 6
            quotes-and-blank-lines/2.0.0   | VE_Correction_Delta_DYNO.csv      | 3000 | 80 | '+5.00
            base-tables-per-cylinder/2.0.0 | VE_Front_Updated.csv              | 3000 | 80 | 84.0000
            base-tables-per-cylinder/2.0.0 | VE_Rear_Updated.csv               | 3000 | 80 | 88.2000
            base-tables-per-cylinder/2.0.0 | VE_Front_Updated.csv              | 5000 | 50 | 84.0000
            base-tables-per-cylinder/2.0.0 | VE_Rear_Updated.csv               | 1500 | 35 | 90.0000
            base-tables-per-cylinder/toolkit-1.2 | VE_Front_Updated.csv        | 3000 | 80 | 76.1905
            base-tables-per-cylinder/toolkit-1.2 | VE_Rear_Updated.csv         | 3000 | 80 | 91.8367
            balance-and-decel/2.0.0        | Front_Balance_Factor.csv          | 3000 | 80 | '-3.00
            balance-and-decel/2.0.0        | Rear_Balance_Factor.csv           | 3000 | 80 | '+3.00
            balance-and-decel/2.0.0        | Decel_Fuel_Overlay.csv            | 1500 | 35 | '+10.00
            balance-and-decel/2.0.0        | Decel_Fuel_Overlay.csv            | 3000 | 35 | '+8.00
            balance-and-decel/2.0.0        | Decel_Fuel_Overlay.csv            | 5500 | 35 | '+5.00
            one-row-for-each-gate/2.0.0    | Coverage_Front.csv                | 2500 | 35 | 1
            one-row-for-each-gate/2.0.0    | Coverage_Front.csv                | 3000 | 50 | 1
            one-row-for-each-gate/2.0.0    | Coverage_Front.csv                | 1500 | 95 | 1
            one-row-for-each-gate/2.0.0    | Coverage_Front.csv                | 6500 | 35 | 1
            one-row-for-each-gate/2.0.0    | Coverage_Front.csv                | 3000 | 80 | 2
            """)
    void cell_matchesItsReadme(String expectation, String file, int rpm, int kpa, String text) throws IOException {
        assertThat(cell(expectation, file, rpm, kpa)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "no-afr/2.0.0, VE_Correction_Delta_DYNO.csv, 3000, 80",
        "neighbours-smoothed/2.0.0, VE_Correction_Delta_DYNO.csv, 3000, 65",
        "base-tables-per-cylinder/2.0.0, VE_Rear_Updated.csv, 5000, 50",
        "balance-and-decel/2.0.0, Front_Balance_Factor.csv, 3500, 80",
        "balance-and-decel/2.0.0, Front_Balance_Factor.csv, 4000, 80",
        "balance-and-decel/2.0.0, Decel_Fuel_Overlay.csv, 6000, 35",
        "balance-and-decel/2.0.0, Decel_Fuel_Overlay.csv, 1500, 50"
    })
    void cellWithoutData_isEmpty(String expectation, String file, int rpm, int kpa) throws IOException {
        assertThat(cell(expectation, file, rpm, kpa)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "one-row-for-each-gate/2.0.0, /rows, 19",
        "one-row-for-each-gate/2.0.0, /unreadable, 1",
        "one-row-for-each-gate/2.0.0, /front/accepted_wb, 6",
        "one-row-for-each-gate/2.0.0, /front/no_requested_afr, 1",
        "one-row-for-each-gate/2.0.0, /front/bad_afr_or_request_afr, 3",
        "one-row-for-each-gate/2.0.0, /front/temp_out_of_range, 1",
        "one-row-for-each-gate/2.0.0, /rear/rpm_out_of_range, 2",
        "one-row-for-each-gate/2.0.0, /rear/map_out_of_range, 2",
        "one-row-for-each-gate/2.0.0, /rear/tps_out_of_range, 2",
        "one-row-for-each-gate/2.0.0, /rear/low_load, 1",
        "one-row-for-each-gate/2.0.0, /rear/total_records_processed, 18",
        "quotes-and-blank-lines/2.0.0, /rows, 10",
        "quotes-and-blank-lines/2.0.0, /unreadable, 4",
        "quotes-and-blank-lines/2.0.0, /front/no_requested_afr, 1",
        "decimal-comma/2.0.0, /unreadable, 1",
        "decimal-comma/toolkit-1.2, /unreadable, 11",
        "no-afr/2.0.0, /front/no_requested_afr, 10",
        "one-lean-cell/2.0.0, /mad_front/3/3, 0.0",
        "knock-and-heat/toolkit-1.2, /anomalies/0/score, 1.0",
        "lambda-stand-in/2.0.0, /format, generic",
        "refused-no-torque/toolkit-1.2, /refused, missing columns",
        "refused-inches-without-a-word/2.0.0, /refused, unit suspect",
        "refused-header-only/2.0.0, /refused, empty log"
    })
    void fact_matchesItsReadme(String expectation, String pointer, String text) throws IOException {
        assertThat(facts(expectation).at(pointer).asText()).isEqualTo(text);
    }

    @Test
    void oppositeCylinders_areOneImbalanceOf18() throws IOException {
        // When
        JsonNode anomalies = facts("clamp-hit/2.0.0").get("anomalies");
        // Then
        assertThat(anomalies.findValuesAsText("type")).contains("cylinder_imbalance");
        assertThat(anomalies
                        .get(anomalies.findValuesAsText("type").indexOf("cylinder_imbalance"))
                        .get("score")
                        .doubleValue())
                .isCloseTo(18, within(1e-9));
    }

    @Test
    void knockWithADeadWideband_isInTheCluster() throws IOException {
        // When
        JsonNode anomalies = facts("knock-and-heat/2.0.0").get("anomalies");
        // Then
        JsonNode knock = anomalies.get(anomalies.size() - 1);
        assertThat(knock.get("type").asText()).isEqualTo("knock_cluster");
        assertThat(knock.get("cells").toString())
                .isEqualTo("[{\"rpm\":2000,\"kpa\":50,\"hot\":false},{\"rpm\":4000,\"kpa\":95,\"hot\":true}]");
    }

    @Test
    void timelineAcrossSummerTime_doesNotSkipAnHour() throws IOException {
        // When
        List<String> lines = lines("rear-bias/2.0.0", "Timeline.csv");
        // Then
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).matches("\\d+,\\d+,20,1774749599\\.000,1774749600\\.900,3750\\.0,80\\.00,.*");
    }

    private static String cell(String expectation, String file, int rpm, int kpa) throws IOException {
        List<String> lines = lines(expectation, file);
        int column = List.of(lines.get(0).split(",")).indexOf(Integer.toString(kpa));
        return lines.stream()
                .filter(line -> line.startsWith(rpm + ","))
                .map(line -> line.split(",", -1)[column])
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(String expectation, String file) throws IOException {
        return Files.readAllLines(expected(expectation).folder().resolve(file));
    }

    private static JsonNode facts(String expectation) throws IOException {
        return expected(expectation).facts();
    }

    private static ExpectedRun expected(String expectation) {
        int slash = expectation.indexOf('/');
        return new ExpectedRun(GoldenCasesTest.CASES
                .resolve(expectation.substring(0, slash))
                .resolve("expected")
                .resolve(expectation.substring(slash + 1)));
    }
}
