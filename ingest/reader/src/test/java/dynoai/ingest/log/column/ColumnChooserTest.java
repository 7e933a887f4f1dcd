package dynoai.ingest.log.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dynoai.schemas.grid.Cylinder;
import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogDescription.PassedOver;
import dynoai.schemas.log.LogFormat;
import dynoai.schemas.log.LogRejectedException;
import dynoai.schemas.option.AnalysisOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnChooserTest {
    private static final int ROUNDS = 500;

    /** A header of each channel that must be taken. */
    private static final Map<Channel, String> RIGHT = Map.ofEntries(
            Map.entry(Channel.RPM, "Engine RPM"),
            Map.entry(Channel.MAP_KPA, "MAP kPa"),
            Map.entry(Channel.TORQUE_FTLB, "Torque"),
            Map.entry(Channel.POWER_HP, "Power"),
            Map.entry(Channel.COMMANDED_AFR_FRONT, "AFR Cmd F"),
            Map.entry(Channel.COMMANDED_AFR_REAR, "AFR Cmd R"),
            Map.entry(Channel.MEASURED_AFR_FRONT, "AFR Meas F"),
            Map.entry(Channel.MEASURED_AFR_REAR, "AFR Meas R"),
            Map.entry(Channel.KNOCK_RETARD_FRONT_DEG, "Knock F"),
            Map.entry(Channel.KNOCK_RETARD_REAR_DEG, "Knock R"),
            Map.entry(Channel.IAT_FAHRENHEIT, "IAT"),
            Map.entry(Channel.BATTERY_VOLTS, "Battery"),
            Map.entry(Channel.THROTTLE_PERCENT, "TPS"),
            Map.entry(Channel.COOLANT_FAHRENHEIT, "Coolant Temp"));

    /** By channel of the rear cylinder: the channel of the front, which has the rules of both. */
    private static final Map<Channel, Channel> FRONT = Map.of(
            Channel.COMMANDED_AFR_REAR, Channel.COMMANDED_AFR_FRONT,
            Channel.MEASURED_AFR_REAR, Channel.MEASURED_AFR_FRONT,
            Channel.KNOCK_RETARD_REAR_DEG, Channel.KNOCK_RETARD_FRONT_DEG);

    static Stream<Arguments> channels() {
        return RIGHT.entrySet().stream().map(right -> Arguments.of(right.getKey(), right.getValue()));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void headerWithANeverWord_isNeitherTakenBesidesARightOneNorAlone(Channel channel, String right) throws Exception {
        // Given
        Random random = new Random(channel.ordinal());
        for (int round = 0; round < ROUNDS; round++) {
            String wrong = wrongHeader(ChannelRules.of(FRONT.getOrDefault(channel, channel)), right, random);
            // When
            ColumnChoice both = choose(List.of("Time", wrong, right));
            ColumnChoice alone = choose(List.of("Time", wrong));
            // Then
            assertThat(column(both, channel)).as(wrong).isEqualTo(2);
            assertThat(column(alone, channel)).as(wrong).isEqualTo(-1);
            assertThat(alone.passedOver())
                    .as(wrong)
                    .anyMatch(seen -> seen.channel() == channel
                            && seen.header().equals(wrong)
                            && seen.reason().startsWith("it has the word"));
        }
    }

    /** Returns the right header with a never-word somewhere, in any case and with any separator. */
    private static String wrongHeader(ChannelRules rules, String right, Random random) {
        String never =
                rules.never().listed().get(random.nextInt(rules.never().listed().size()));
        String word = never.endsWith("*")
                ? never.substring(0, never.length() - 1) + "abcxyz".substring(0, random.nextInt(4))
                : never;
        List<String> words =
                new ArrayList<>(Arrays.asList(right.replace(" kPa", "").split(" ")));
        int at = random.nextInt(words.size() + 1);
        boolean ends = rules.quantity() == LogUnit.Quantity.MIXTURE && never.equals("volt*");
        words.add(ends ? words.size() : at, random.nextBoolean() ? word : capital(word));
        String header = String.join(random.nextBoolean() ? " " : "_", words);
        return random.nextInt(4) == 0 && !ends ? "(" + capital(word) + " 1) " + right : header;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    @ParameterizedTest
    @CsvSource({
        "rpm, Engine RPM, Motor RPM",
        "kpa, MAP, map",
        "torque, Torque, Engine Torque",
        "iat, IAT, IAT Sensor",
        "tps, TPS, TPS 2"
    })
    void equallyGoodHeader_isNamedAsPassedOver(String key, String first, String second) throws Exception {
        // Given
        Channel channel = Channel.ofKey(key);
        // When
        ColumnChoice choice = choose(List.of("x", first, "y", second));
        // Then
        assertThat(choice.column(channel)).isEqualTo(1);
        assertThat(choice.passedOver()).contains(new PassedOver(channel, second, "'" + first + "' comes before it"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kpa | MAP (V) | its unit V is not one of pressure",
                "kpa | Boost (psi) | it has the word 'boost', which is never manifold pressure",
                "kpa | Amb pressure | it has the word 'amb', which is never manifold pressure",
                "rpm | rpm/s | its unit rpm/s is not one of engine speed",
                "torque | Torque (%) | its unit % is not one of torque",
                "kpa | Widget pressure | its name is not one of manifold pressure"
            })
    void headerLikeAChannel_isSeenWithTheReason(String key, String header, String reason) throws Exception {
        // When
        ColumnChoice choice = choose(List.of("Time", header));
        // Then
        assertThat(choice.has(Channel.ofKey(key))).isFalse();
        assertThat(choice.passedOver()).contains(new PassedOver(Channel.ofKey(key), header, reason));
    }

    @Test
    void containedStrongName_goesToTheHeaderWithTheFewestEmptyWords() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("Blower Widget RPM", "Zt-2 RPM", "Engine RPM (SAE)"));
        // Then
        assertThat(choice.column(Channel.RPM)).isEqualTo(2);
    }

    @Test
    void mapOfATable_isNoManifoldPressure() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("RPM", "Open Loop Map Enrichment", "Manifold Absolute Pressure (psi)"));
        // Then
        assertThat(choice.column(Channel.MAP_KPA)).isEqualTo(2);
    }

    @Test
    void unmarkedColumns_serveBothCylindersOrNone() throws Exception {
        // When
        ColumnChoice one = choose(List.of("RPM", "AFR", "AFR Target")).withMeasured(column -> true);
        ColumnChoice two = choose(List.of("RPM", "Wideband", "AFR")).withMeasured(column -> true);
        ColumnChoice own = choose(List.of("RPM", "AFR Front", "AFR")).withMeasured(column -> true);
        // Then
        assertThat(one.column(Channel.COMMANDED_AFR_REAR)).isEqualTo(2);
        assertThat(one.column(Channel.MEASURED_AFR_FRONT)).isEqualTo(1);
        assertThat(one.frontServesRear()).isTrue();
        assertThat(two.column(Channel.MEASURED_AFR_FRONT)).isEqualTo(1);
        assertThat(two.has(Channel.MEASURED_AFR_REAR)).isFalse();
        assertThat(two.frontServesRear()).isTrue();
        assertThat(own.column(Channel.MEASURED_AFR_FRONT)).isEqualTo(1);
        assertThat(own.has(Channel.MEASURED_AFR_REAR)).isFalse();
        assertThat(own.frontServesRear()).isFalse();
    }

    @Test
    void widebandWithoutAValue_isLeftForTheNextCandidate() throws Exception {
        // Given
        ColumnChoice candidates = choose(List.of("RPM", "AFR", "AFR2"));
        // When
        ColumnChoice dead = candidates.withMeasured(column -> column == 1);
        ColumnChoice alive = candidates.withMeasured(column -> true);
        // Then
        assertThat(dead.frontServesRear()).isTrue();
        assertThat(dead.passedOver())
                .contains(new PassedOver(Channel.MEASURED_AFR_REAR, "AFR2", "it has no valid value"));
        assertThat(alive.column(Channel.MEASURED_AFR_REAR)).isEqualTo(2);
    }

    @Test
    void wideband1_neverServesTheRear() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("(PV) Engine Speed", "(DWRT CPU) LC1 Volts Petrol AFR"))
                .withMeasured(column -> true);
        // Then
        assertThat(choice.format()).isEqualTo(LogFormat.POWERVISION);
        assertThat(choice.column(Channel.MEASURED_AFR_FRONT)).isEqualTo(1);
        assertThat(choice.frontServesRear()).isFalse();
    }

    @Test
    void bareAfrNextToAWideband_isTheCommandedOne() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("RPM", "AFR", "WB"));
        // Then
        assertThat(choice.column(Channel.COMMANDED_AFR_FRONT)).isEqualTo(1);
        assertThat(choice.column(Channel.COMMANDED_AFR_REAR)).isEqualTo(1);
        assertThat(choice.measured(Cylinder.FRONT)).containsExactly(2);
    }

    @Test
    void lambdas_areTargetsOrMeasuredByTheirWords() throws Exception {
        // When
        ColumnChoice choice =
                choose(List.of("RPM", "Lambda 1", "Lambda 2", "Lambda Integrator", "Desired Lambda", "Lambda Cmd"));
        // Then
        assertThat(choice.replacements(Channel.COMMANDED_AFR_FRONT)).containsExactly(4, 5);
        assertThat(choice.lambdas(Cylinder.FRONT)).containsExactly(1);
        assertThat(choice.lambdas(Cylinder.REAR)).containsExactly(2);
    }

    @Test
    void containedNameWithTheCylindersWord_comesBeforeOneWithout() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("RPM", "WB EQ Ratio (SAE)", "Widget AFR Front", "Sensor AFR Rear"));
        // Then
        assertThat(choice.measured(Cylinder.FRONT)).startsWith(2);
        assertThat(choice.measured(Cylinder.REAR)).startsWith(3);
    }

    @Test
    void commandedLambda_isNoMeasuredOne() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("RPM", "Lambda SP", "Lambda"));
        // Then
        assertThat(choice.column(Channel.COMMANDED_AFR_FRONT)).isEqualTo(1);
        assertThat(choice.targets().get(Cylinder.FRONT)).containsExactly(1);
        assertThat(choice.lambdas(Cylinder.FRONT)).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cmd_front | AFR Target | AFR Commanded 1; AFR Target",
                "cmd_front | AFR Target | AFR Target 1; AFR Target",
                "knock_front | Spark Retard F | Knock 1; Spark Retard F",
                "meas_front | WBO2 AFR 1 | WBO2 AFR 1; WBO2 AFR 2"
            })
    void number1_isACylindersWordOnlyOfAPair(String key, String header, String headers) throws Exception {
        // Given
        Channel channel = Objects.requireNonNull(Channel.ofKey(key));
        List<String> all = List.of(headers.split("; "));
        // When
        ColumnChoice choice = choose(all);
        // Then
        assertThat(column(choice, channel)).isEqualTo(all.indexOf(header));
    }

    @Test
    void otherVocabulary_isSearchedForEachCylinderWithoutAColumn() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("RPM", "MAP", "knock", "knock front", "Rear Spark Knock Retard"));
        // Then
        assertThat(choice.column(Channel.KNOCK_RETARD_FRONT_DEG)).isEqualTo(3);
        assertThat(choice.column(Channel.KNOCK_RETARD_REAR_DEG)).isEqualTo(4);
    }

    @Test
    void bareKnock_servesBothOnlyWhereNoCylinderHasItsOwn() throws Exception {
        // When
        ColumnChoice bare = choose(List.of("RPM", "MAP", "knock"));
        ColumnChoice front = choose(List.of("RPM", "MAP", "Knock", "Knock_Ret_F 0"));
        // Then
        assertThat(bare.column(Channel.KNOCK_RETARD_FRONT_DEG)).isEqualTo(2);
        assertThat(bare.column(Channel.KNOCK_RETARD_REAR_DEG)).isEqualTo(2);
        assertThat(front.column(Channel.KNOCK_RETARD_FRONT_DEG)).isEqualTo(3);
        assertThat(front.has(Channel.KNOCK_RETARD_REAR_DEG)).isFalse();
    }

    @Test
    void afrWithACylindersWord_comesBeforeUnmarkedNames() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("(PV) Engine Speed", "AFR Measured", "AFR Front"))
                .withMeasured(column -> true);
        // Then
        assertThat(choice.column(Channel.MEASURED_AFR_FRONT)).isEqualTo(2);
    }

    @Test
    void unitOfTwoWords_mayHaveAnUnderscore() throws Exception {
        // When
        ColumnChoice choice = choose(List.of("RPM", "MAP_in_Hg"));
        // Then
        assertThat(choice.unit(Channel.MAP_KPA)).isEqualTo(LogUnit.INCH_OF_MERCURY);
    }

    @ParameterizedTest
    @CsvSource({
        "Timestamp, 1",
        "Elapsed ms, 1",
        "Log Time, 2",
        "SecL, 2",
        "Timing, 0",
        "Offset, 2",
        "LogTime, 2",
        "Log Time (hh:mm:ss), 2"
    })
    void time_isFoundByItsNames(String header, int rank) throws Exception {
        // When
        ColumnChoice choice = choose(List.of("x", header, "y"));
        // Then
        assertThat(choice.has(Channel.TIME_SECONDS)).isEqualTo(rank > 0);
    }

    @Test
    void unitsRow_isKnownByItsCells() throws Exception {
        // Given
        List<String> headers = List.of("RPM", "MAP", "Torque");
        // When
        ColumnChoice units = ColumnChooser.choose(
                "x.csv", "RPM,MAP,Torque", headers, List.of("rpm", "psi", "Nm"), false, AnalysisOptions.defaults());
        ColumnChoice row = ColumnChooser.choose(
                "x.csv", "RPM,MAP,Torque", headers, List.of("900", "psi", "Nm"), false, AnalysisOptions.defaults());
        // Then
        assertThat(units.unit(Channel.MAP_KPA)).isEqualTo(LogUnit.PSI);
        assertThat(units.unit(Channel.TORQUE_FTLB)).isEqualTo(LogUnit.NEWTON_METRE);
        assertThat(row.unit(Channel.MAP_KPA)).isNull();
    }

    @Test
    void givenColumn_isTakenWhateverItsName() throws Exception {
        // Given
        AnalysisOptions options = AnalysisOptions.of(Map.of("columns", "kpa=MAP Load\nmeas_front=Widget"));
        // When
        ColumnChoice choice = choose(List.of("RPM", "MAP", " map load ", "AFR", "Widget"), options)
                .withMeasured(column -> false);
        // Then
        assertThat(choice.column(Channel.MAP_KPA)).isEqualTo(2);
        assertThat(choice.column(Channel.MEASURED_AFR_FRONT)).isEqualTo(4);
        assertThat(choice.frontServesRear()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAP Load | no column 'MAP Load'. Accepted: one of its 2 columns: 'RPM', 'MAP (V)'",
                "MAP (V) | the unit V cannot be that of manifold pressure"
            })
    void givenColumnThatCannotServe_rejectsTheLog(String header, String message) throws Exception {
        // Given
        AnalysisOptions options = AnalysisOptions.of(Map.of("columns", "kpa=" + header));
        // When
        var thrown = assertThatThrownBy(() -> choose(List.of("RPM", "MAP (V)"), options));
        // Then
        thrown.isInstanceOf(LogRejectedException.class).hasMessageContaining(message);
    }

    @Test
    void engineSpeed_isKnownInAnyFormat() {
        assertThat(new NamesAndUnits().engineSpeed(List.of("Time", "PLX Engine Speed (rpm)", "MAP")))
                .containsExactly(1);
        assertThat(new NamesAndUnits().engineSpeed(List.of("Max RPM", "Max MAP", "Pull")))
                .isEmpty();
        assertThat(new NamesAndUnits().engineSpeed(List.of("1600", "36.0", "13.0")))
                .isEmpty();
    }

    private static int column(ColumnChoice choice, Channel channel) {
        return choice.withMeasured(column -> true).column(channel);
    }

    private static ColumnChoice choose(List<String> headers) throws LogRejectedException {
        return choose(headers, AnalysisOptions.defaults());
    }

    private static ColumnChoice choose(List<String> headers, AnalysisOptions options) throws LogRejectedException {
        return ColumnChooser.choose("x.csv", String.join(",", headers), headers, List.of(), false, options);
    }
}
