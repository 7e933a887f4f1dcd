/**
 * What the page can change. {@link dynoai.dashboard.act.Acts} takes POSTs, has each done by the operation of its command, and
 * records it in the {@link dynoai.dashboard.act.AuditLog}.
 */
package dynoai.dashboard.act;
