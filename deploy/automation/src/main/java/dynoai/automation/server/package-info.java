/**
 * A Context that other processes share, over TCP: one JSON object per line each way. Start with {@link
 * dynoai.automation.server.ContextServer}; {@link dynoai.automation.server.ContextClient} asks it.
 */
package dynoai.automation.server;
