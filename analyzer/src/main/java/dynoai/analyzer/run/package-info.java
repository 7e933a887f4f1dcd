/**
 * Folds rows into one run's grids. Pure: no Kafka, no logging, no clock.
 *
 * <p>Start with {@link dynoai.analyzer.run.RunAggregate}. {@code OperatingPoint} applies the gates that both cylinders share,
 * {@code RowFilters} leaves out rows that the options do not want, {@code CylinderFold} gates and sums one cylinder, {@code
 * ErrorCounts} and {@code AfrPairs} count what the MAD needs. {@code BalanceSums} and {@code DecelEvents} run only if the
 * options enable them.
 */
@NullMarked
package dynoai.analyzer.run;

import org.jspecify.annotations.NullMarked;
