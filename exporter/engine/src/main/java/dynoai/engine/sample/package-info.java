/**
 * Realistic synthetic dyno logs for demonstrations, tests and benchmarks. Start with {@link
 * dynoai.engine.sample.SampleLogs}; a {@link dynoai.engine.sample.SampleProfile} sets the properties of a log.
 *
 * <p>All values are integers from tables and a seed, so a profile has the same bytes on every machine.
 */
package dynoai.engine.sample;
