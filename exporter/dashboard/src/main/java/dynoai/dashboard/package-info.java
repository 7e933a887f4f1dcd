/** The live dashboard: its page, its API and its metrics. Start with {@link dynoai.dashboard.Dashboard}. */
package dynoai.dashboard;
