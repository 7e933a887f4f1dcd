/**
 * Folds rows into one run's aggregate. Pure: no Kafka, no logging, no clock.
 *
 * <p>Start with {@link dynoai.analyzer.run.RunAggregate}: it is fed blocks of rows in file order and ends as {@link
 * dynoai.schemas.RunGrids}. {@code OperatingPoint} judges what both cylinders share, {@code CylinderFold} gates and sums
 * one cylinder, {@code ErrorCounts} keeps what the MAD needs, {@code BatteryPairs} and {@code Timeline} the rest; {@code
 * BalanceSums} and {@code DecelEvents} run only when asked for.
 */
@NullMarked
package dynoai.analyzer.run;

import org.jspecify.annotations.NullMarked;
