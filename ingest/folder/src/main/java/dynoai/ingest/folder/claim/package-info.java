/**
 * Claimed logs as files: the work folder, the log store and the archive. Start with {@link dynoai.ingest.folder.claim.Claim} and
 * {@link dynoai.ingest.folder.claim.Claims}.
 */
package dynoai.ingest.folder.claim;
