/**
 * The analysis of a run's sums. Start with {@link dynoai.exporter.analysis.RunAnalysis}, which returns an {@link
 * dynoai.exporter.analysis.AnalysisResult}. The optional {@link dynoai.exporter.analysis.CylinderBalancing} and {@link
 * dynoai.exporter.analysis.DecelOverlay} give advice that is not applied to a table.
 */
@NullMarked
package dynoai.exporter.analysis;

import org.jspecify.annotations.NullMarked;
