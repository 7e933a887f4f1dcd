/** The live dashboard: pages, API and metrics. Start with {@link dynoai.dashboard.Dashboard}. */
package dynoai.dashboard;
