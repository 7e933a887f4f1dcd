/** The program at a shop: {@link dynoai.app.agent.AgentCommand}. */
package dynoai.app.agent;
