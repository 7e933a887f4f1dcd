package dynoai.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.grid.Gate;
import dynoai.schemas.log.Channel;
import dynoai.schemas.option.AnalysisOptions;
import dynoai.schemas.option.InvalidOptionException;
import dynoai.schemas.option.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The referee needs a referee: the shared cases' facts, gate by gate, by the plainest possible reading of the gates. */
class ReferenceReaderTest {
    private static final Path SHARED = Path.of("..", "..", "..", "shared");
    private static final Path CONFORMANCE = SHARED.resolve("conformance");

    record Case(Path folder, String mathVersion) {
        @Override
        public String toString() {
            return folder.getFileName() + " " + mathVersion;
        }

        Path log() throws IOException {
            Matcher log = Pattern.compile("\"log\": \"([^\"]+)\"").matcher(caseJson());
            assertThat(log.find()).isTrue();
            return folder.resolve(log.group(1));
        }

        AnalysisOptions options() throws IOException, InvalidOptionException {
            Map<String, String> given = new LinkedHashMap<>();
            Matcher option =
                    Pattern.compile("\"(\\w+)\": (?:\"([^\"]*)\"|([-\\w.]+))").matcher(caseJson());
            while (option.find()) {
                if (Option.ofKey(option.group(1)) != null && !option.group(1).startsWith("base_")) {
                    given.put(option.group(1), option.group(2) == null ? option.group(3) : option.group(2));
                }
            }
            return AnalysisOptions.of(given).with(Option.MATH_VERSION, mathVersion);
        }

        String facts() throws IOException {
            return Files.readString(
                    folder.resolve("expected").resolve(mathVersion).resolve("facts.json"));
        }

        private String caseJson() throws IOException {
            return Files.readString(folder.resolve("case.json"));
        }
    }

    static List<Case> cases() throws IOException {
        // Cases of the second folder replace those of the same name.
        Map<String, Case> cases = new TreeMap<>();
        for (Path folder : List.of(CONFORMANCE, SHARED.resolve("conformance-next"))) {
            if (!Files.isDirectory(folder)) {
                System.out.println("Skipped: the shared cases of " + folder.getFileName() + " are not there");
                continue;
            }
            try (Stream<Path> found = Files.walk(folder)) {
                for (Path facts :
                        found.filter(path -> path.endsWith("facts.json")).toList()) {
                    Path version = facts.getParent();
                    Case sharedCase = new Case(
                            version.getParent().getParent(),
                            version.getFileName().toString());
                    cases.put(sharedCase.toString(), sharedCase);
                }
            }
        }
        return new ArrayList<>(cases.values());
    }

    @Test
    void sharedCases_areFoundOrSkipped() throws IOException {
        assumeTrue(Files.isDirectory(CONFORMANCE), "the shared conformance cases are not next to this repository");
        assertThat(cases()).isNotEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("cases")
    void referenceReader_countsWhatTheSharedFactsCount(Case sharedCase) throws Exception {
        // Given
        String facts = sharedCase.facts();
        AnalysisOptions options = sharedCase.options();
        // When
        ReferenceReader.Result result = ReferenceReader.read(Files.readAllBytes(sharedCase.log()), options);
        // Then
        Matcher rejected = Pattern.compile("\"refused\": \"([^\"]+)\"").matcher(facts);
        if (rejected.find()) {
            assertThat(result.rejections())
                    .anySatisfy(code -> assertThat(code.title()).isEqualTo(rejected.group(1)));
            return;
        }
        assertThat(result.rejections()).isEmpty();
        assertThat(result.columns()).isNotNull();
        assertThat("\"" + result.columns().format.key() + "\"").isEqualTo(fact(facts, "format"));
        assertThat(String.valueOf(result.unreadable())).isEqualTo(fact(facts, "unreadable"));
        for (Cylinder cylinder : Cylinder.values()) {
            String counted = facts.substring(facts.indexOf("\"" + cylinder.key() + "\": {"));
            Map<Gate, Integer> gates = gates(result, cylinder, options);
            for (Gate gate : Gate.values()) {
                assertThat(String.valueOf(gates.getOrDefault(gate, 0)))
                        .as(gate.key())
                        .isEqualTo(counted.contains('"' + gate.key() + '"') ? fact(counted, gate.key()) : "0");
            }
        }
    }

    private static String fact(String facts, String name) {
        Matcher fact = Pattern.compile("\"" + name + "\": ([^,\\n}]+)").matcher(facts);
        assertThat(fact.find()).as(name).isTrue();
        return fact.group(1).trim();
    }

    static Map<Gate, Integer> gates(ReferenceReader.Result result, Cylinder cylinder, AnalysisOptions options) {
        Map<Gate, Integer> gates = new LinkedHashMap<>();
        result.rows().forEach(row -> gates.merge(gate(row, cylinder, options, result.hits()), 1, Integer::sum));
        return gates;
    }

    private static Gate gate(double[] row, Cylinder cylinder, AnalysisOptions options, boolean hits) {
        double commanded = row[Channel.commandedAfr(cylinder).ordinal()];
        double measured = row[Channel.measuredAfr(cylinder).ordinal()];
        double rpm = row[Channel.RPM.ordinal()];
        double torque = row[Channel.TORQUE_FTLB.ordinal()];
        double hp = row[Channel.POWER_HP.ordinal()];
        double byLoad = !options.weighsByPower() ? torque : Double.isNaN(hp) ? torque * rpm / 5252.0 : hp;
        if (Double.isNaN(commanded)) {
            return Gate.NO_REQUESTED_AFR;
        }
        if (Double.isNaN(measured) || isOutside(commanded, 9, 18) || isOutside(measured, 9, 18)) {
            return Gate.BAD_AFR;
        }
        if (isOutside(row[Channel.IAT_FAHRENHEIT.ordinal()], 30, 300)) {
            return Gate.IAT_OUT_OF_RANGE;
        }
        if (isOutside(rpm, 400, 8000)) {
            return Gate.RPM_OUT_OF_RANGE;
        }
        if (isOutside(row[Channel.MAP_KPA.ordinal()], 10, 110)) {
            return Gate.MAP_OUT_OF_RANGE;
        }
        if (isOutside(row[Channel.THROTTLE_PERCENT.ordinal()], 0, 100)) {
            return Gate.TPS_OUT_OF_RANGE;
        }
        return !hits && byLoad < 5.0 ? Gate.LOW_LOAD : Gate.ACCEPTED;
    }

    private static boolean isOutside(double value, double lowest, double highest) {
        return value < lowest || value > highest;
    }
}
