/**
 * Made-up dyno logs that look like real ones, for demonstrations, tests and benchmarks. Start with {@link
 * dynoai.engine.sample.SampleLogs}; a {@link dynoai.engine.sample.SampleProfile} says what the log shall look like.
 *
 * <p>Everything is computed in integers from tables and a seed, so a profile gives the same bytes on every machine.
 */
package dynoai.engine.sample;
