package dynoai.exporter.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dynoai.schemas.grid.DecelFindings;
import dynoai.schemas.grid.DecelFindings.ZoneTally;
import dynoai.schemas.grid.DecelZones;
import dynoai.schemas.grid.Grid;
import dynoai.schemas.grid.GridAxes;
import dynoai.schemas.option.AnalysisOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DecelOverlayTest {
    @Test
    void withoutLeanPops_isTheBaseOfTheHighestThrottleZone() throws Exception {
        // When
        Grid overlay = overlay("medium", Collections.nCopies(DecelZones.COUNT, new ZoneTally(0, 0, 0)));
        // Then
        assertThat(overlay.at(GridAxes.cell(1500, 35))).isCloseTo(10, within(1e-9));
        assertThat(overlay.at(GridAxes.cell(2500, 35))).isCloseTo(8, within(1e-9));
        assertThat(overlay.at(GridAxes.cell(4000, 35))).isCloseTo(5, within(1e-9));
        assertThat(overlay.at(GridAxes.cell(5500, 35))).isCloseTo(5, within(1e-9));
        assertThat(overlay.isEmpty(GridAxes.cell(6000, 35))).isTrue();
        assertThat(overlay.isEmpty(GridAxes.cell(1500, 50))).isTrue();
    }

    @Test
    void likelyLeanPops_raiseTheirZoneUpToItsLimit() throws Exception {
        // Given
        List<ZoneTally> zones = new ArrayList<>(Collections.nCopies(DecelZones.COUNT, new ZoneTally(0, 0, 0)));
        zones.set(DecelZones.zone(1500, 6), new ZoneTally(3, 2, 1.5));
        zones.set(DecelZones.zone(2500, 6), new ZoneTally(30, 30, 30));
        // When
        Grid overlay = overlay("high", zones);
        // Then
        assertThat(overlay.at(GridAxes.cell(1500, 35))).isCloseTo(10 * 1.3 + 7.5, within(1e-9));
        assertThat(overlay.at(GridAxes.cell(2500, 35))).isCloseTo(30, within(1e-9));
    }

    @Test
    void report_listsZonesAndEvents() throws Exception {
        // Given
        DecelFindings findings = new DecelFindings(
                1,
                List.of(new DecelFindings.Event(12, 1.5, 0.6, -72.5, 4000, 40, Double.NaN, 0, 10)),
                Collections.nCopies(DecelZones.COUNT, new ZoneTally(0, 0, 0)));
        DecelOverlay overlay = Objects.requireNonNull(DecelOverlay.of(findings, AnalysisOptions.defaults()));
        // When
        String report = new String(overlay.report(), StandardCharsets.UTF_8);
        // Then
        assertThat(report)
                .contains("\"events\": 1")
                .contains("\"highest_afr\": null")
                .contains("\"zone\": \"4500-5500 rpm, 2-5 %\"");
        assertThat(report.split("\"enrichment_pct\"", -1)).hasSize(DecelZones.COUNT + 1);
    }

    private static Grid overlay(String severity, List<ZoneTally> zones) throws Exception {
        AnalysisOptions options = AnalysisOptions.of(Map.of("decel_management", "true", "decel_severity", severity));
        return Objects.requireNonNull(DecelOverlay.of(new DecelFindings(0, List.of(), zones), options))
                .overlay();
    }
}
