package dynoai.ingest.log.column;

import static org.assertj.core.api.Assertions.assertThat;

import dynoai.schemas.grid.Cylinder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNameTest {
    @ParameterizedTest
    @CsvSource({
        "MAP (psi), PSI, map",
        "Torque [Nm], NEWTON_METRE, torque",
        "MAP_kPa, KPA, map",
        "MAP in Hg, INCH_OF_MERCURY, map",
        "MAP (kPa abs), KPA, map",
        "IAT (*C), CELSIUS, iat",
        "IAT deg C, CELSIUS, iat",
        "Intake Air Temperature (°F), FAHRENHEIT, intake air temperature",
        "Coolant_C, CELSIUS, coolant",
        "TPS %, PERCENT, tps",
        "Battery V, VOLT, battery",
        "Engine RPM, , engine rpm",
        "rpm/s, RPM_PER_SECOND, rpm s",
        "AFR Cmd F, , afr cmd f",
        "Lambda (λ), LAMBDA, lambda",
        "Engine RPM (SAE) (rpm), RPM, engine rpm sae",
        "(PV) Power (kW), KILOWATT, power",
        "kPa, , kpa",
        "(psi), , psi",
        "Desired Air/Fuel, , desired air fuel",
        "A/F Ratio, , af ratio"
    })
    void unit_isApartFromTheWords(String header, LogUnit unit, String words) {
        // When
        HeaderName name = HeaderName.of(header);
        // Then
        assertThat(name.unit()).isEqualTo(unit);
        assertThat(String.join(" ", name.forms().get(0))).isEqualTo(words);
    }

    @Test
    void unitsRow_givesTheUnitThatTheHeaderDoesNotState() {
        assertThat(HeaderName.of("MAP", "psi").unit()).isEqualTo(LogUnit.PSI);
        assertThat(HeaderName.of("MAP", " (psi) ").unit()).isEqualTo(LogUnit.PSI);
        assertThat(HeaderName.of("MAP kPa", "psi").unit()).isEqualTo(LogUnit.KPA);
        assertThat(HeaderName.of("tpsADC", "ADC").unit()).isNull();
    }

    @Test
    void words_areComparedUncutAndCut() {
        // When
        HeaderName name = HeaderName.of("(DWRT CPU) EngineRPM");
        // Then
        assertThat(name.forms()).containsExactly(List.of("enginerpm"), List.of("engine", "rpm"));
        assertThat(name.source()).containsExactly("dwrt", "cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AFR Front", "F AFR", "(DWRT CPU) LC1 Volts Petrol AFR", "FrontAFR"})
    void wordsOfTheFront_nameIt(String header) {
        assertThat(HeaderName.of(header).cylinders(Set.of()).keySet()).containsExactly(Cylinder.FRONT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AFR Rear", "R AFR", "(DWRT CPU) LC2 Volts Petrol AFR2", "AFR2", "Lambda 2"})
    void wordsOfTheRear_nameIt(String header) {
        assertThat(HeaderName.of(header).cylinders(Set.of()).keySet()).containsExactly(Cylinder.REAR);
    }

    @Test
    void number_namesACylinderInAPair() {
        // Given
        HeaderName one = HeaderName.of("Bank 1 AFR");
        HeaderName two = HeaderName.of("Bank 2 AFR");
        // When
        Set<List<String>> pair = Set.of(one.words(), two.words());
        // Then
        assertThat(one.cylinders(pair).keySet()).containsExactly(Cylinder.FRONT);
        assertThat(two.cylinders(pair).keySet()).containsExactly(Cylinder.REAR);
        assertThat(one.cylinders(Set.of(one.words())).keySet()).isEmpty();
    }
}
