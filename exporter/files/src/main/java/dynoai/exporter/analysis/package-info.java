/**
 * What a run says beyond its corrections, when asked: {@link dynoai.exporter.analysis.CylinderBalancing} brings both cylinders
 * to one AFR, {@link dynoai.exporter.analysis.DecelOverlay} suggests fuel for closing throttle. Both are advice: nothing is
 * applied to a table.
 */
@NullMarked
package dynoai.exporter.analysis;

import org.jspecify.annotations.NullMarked;
